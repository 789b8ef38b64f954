package io.orderbridge.consistency;

import io.orderbridge.call.TokenState;
import io.orderbridge.call.Tokens;
import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An access token that is over, and before that one that ends and that nothing renews. */
@Singleton
class TokenCheck implements LinkCheck {
  private final Tokens tokens;

  TokenCheck(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public List<Finding> look(Instant now) {
    List<Finding> found = new ArrayList<>();
    for (TokenState token : tokens.states()) {
      boolean over = token.expiresAt() != null && !token.expiresAt().isAfter(now);
      boolean ending =
          token.state() == TokenState.State.ALARM || token.state() == TokenState.State.FAILED;
      if (over || ending) {
        found.add(finding(token, over));
      }
    }
    return found;
  }

  private static Finding finding(TokenState token, boolean over) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("state", token.state().name());
    if (token.expiresAt() != null) {
      evidence.put("expiresAt", token.expiresAt().toString());
    }
    if (token.failure() != null) {
      evidence.put("failure", token.failure());
    }
    return LinkFinding.of(
        over ? LinkFinding.AUTH_EXPIRED : LinkFinding.AUTH_ENDING,
        token.connection(),
        "token",
        over ? Level.BREACH : Level.WARNING,
        evidence,
        over
            ? Wording.of(
                "%s 的访问令牌已失效：重新授权（手册 TOKEN_EXPIRED）。",
                "The access token of %s is over: authorise anew (runbook, TOKEN_EXPIRED).",
                token.connection())
            : Wording.of(
                "%s 的访问令牌快要失效，或自动续期失败：在失效之前重新授权（手册 TOKEN_EXPIRED）。",
                "The access token of %s ends soon, or its renewal fails: authorise anew before it"
                    + " is over (runbook, TOKEN_EXPIRED).",
                token.connection()));
  }
}
