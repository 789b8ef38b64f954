package io.orderbridge.signing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Senders that push a form of a content and the MD5 over it and a secret. No time is in it. */
abstract class FormDigest implements SignatureScheme {
  private final List<Secret> secrets;
  private final String contentName;
  private final String digestName;

  FormDigest(List<Secret> secrets, String contentName, String digestName) {
    this.secrets = secrets;
    this.contentName = contentName;
    this.digestName = digestName;
  }

  /** The digest as bytes; empty when the text is none. */
  abstract Optional<byte[]> received(String text);

  @Override
  public Verdict verify(SignedMessage message, Instant now) {
    Optional<Map<String, String>> fields = FormText.decode(message.body());
    if (fields.isEmpty()) {
      return Verdict.forged("body is no form in UTF-8, or names a field twice");
    }
    String content = fields.get().get(contentName);
    Optional<byte[]> digest =
        Optional.ofNullable(fields.get().get(digestName)).flatMap(this::received);
    if (content == null || content.isEmpty() || digest.isEmpty()) {
      return Verdict.forged(
          "fields %s and %s must both be there and readable".formatted(contentName, digestName));
    }
    List<byte[]> expected =
        secrets.stream().map(key -> Digest.md5(Digest.utf8(content), key.bytes())).toList();
    return Hmac.anyMatches(expected, List.of(digest.get()))
        ? Verdict.GENUINE
        : Verdict.forged("signature fits none of the %d secrets".formatted(secrets.size()));
  }
}
