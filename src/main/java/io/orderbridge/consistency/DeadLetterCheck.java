package io.orderbridge.consistency;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import io.orderbridge.work.OpenLetters;
import io.orderbridge.work.OpenLetters.Pile;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A link is broken where dead letters are open; those of a token that is over are told as such. */
@Singleton
class DeadLetterCheck implements LinkCheck {
  private final OpenLetters letters;

  DeadLetterCheck(OpenLetters letters) {
    this.letters = letters;
  }

  /** A queue, and whether its token is over or its key not taken. */
  private record Broken(String queue, boolean token) implements Comparable<Broken> {
    @Override
    public int compareTo(Broken other) {
      int byQueue = queue.compareTo(other.queue);
      return byQueue != 0 ? byQueue : Boolean.compare(token, other.token);
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    Map<Broken, List<Pile>> piles = new TreeMap<>();
    for (Pile pile : letters.piles()) {
      Broken broken = new Broken(pile.queue(), LinkFinding.isAuth(pile.cause()));
      piles.computeIfAbsent(broken, one -> new ArrayList<>()).add(pile);
    }
    List<Finding> found = new ArrayList<>();
    piles.forEach((broken, of) -> found.add(finding(broken, of)));
    letters.orders(ORDERS_MAX).forEach(kept -> found.add(LinkFinding.ofOrder(kept)));
    return found;
  }

  private static Finding finding(Broken broken, List<Pile> piles) {
    long count = piles.stream().mapToLong(Pile::count).sum();
    Instant since = piles.stream().map(Pile::since).min(Instant::compareTo).orElseThrow();
    Map<String, Object> causes = new TreeMap<>();
    piles.forEach(pile -> causes.put(pile.cause().name(), pile.count()));
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("queue", broken.queue());
    evidence.put("deadLetters", count);
    evidence.put("causes", causes);
    evidence.put("since", since.toString());
    return LinkFinding.of(
        broken.token() ? LinkFinding.AUTH_EXPIRED : LinkFinding.BROKEN,
        LinkFinding.connection(broken.queue()),
        broken.queue() + ":dead-letters",
        Level.BREACH,
        evidence,
        broken.token() ? token(broken.queue(), causes) : broken(broken.queue(), causes));
  }

  private static Wording token(String queue, Map<String, Object> causes) {
    return Wording.of(
        "%s 的访问令牌或密钥已失效，消息进了死信：重新授权，再按原因（%s）重放。",
        "The access token or key behind %s is over and letters are dead: authorise anew, then"
            + " replay by the cause (%s).",
        queue,
        String.join(", ", causes.keySet()));
  }

  private static Wording broken(String queue, Map<String, Object> causes) {
    return Wording.of(
        "%s 有未处理的死信（%s）：按手册处理后重放。",
        "%s has open dead letters (%s): mend them as the runbook says and replay them.",
        queue,
        String.join(", ", causes.keySet()));
  }
}
