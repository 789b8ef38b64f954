package io.orderbridge.signing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For senders that sign nothing and call an address that we give them: a secret of ours stands in
 * it, {@code ?token=...}. It proves who was told the address, not what the body says, and whoever
 * sees the address of one call may make others; the inbox keeps no such parameter.
 */
final class QuerySecretScheme implements SignatureScheme {
  static final String NAME = "query-secret";

  private static final String TOKEN = "token";

  private final List<Secret> secrets;

  QuerySecretScheme(List<Secret> secrets) {
    this.secrets = secrets;
  }

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    Optional<Map<String, String>> read = FormText.decode(message.query());
    if (read.isEmpty()) {
      return Verdict.forged("query is unreadable, or names a parameter twice");
    }
    String token = read.get().get(TOKEN);
    if (token == null || token.isEmpty()) {
      return Verdict.forged("the address has no parameter token");
    }
    return Hmac.anyMatches(
            secrets.stream().map(Secret::bytes).toList(), List.of(Digest.utf8(token)))
        ? Verdict.GENUINE
        : Verdict.forged("token fits none of the %d secrets".formatted(secrets.size()));
  }
}
