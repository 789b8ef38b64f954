package io.orderbridge.consistency;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import io.orderbridge.schedule.SourceStandings;
import io.orderbridge.schedule.SourceStandings.Standing;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A source whose windows are late, or cannot be read: what it would tell is not known here. */
@Singleton
class SourceCheck implements LinkCheck {
  private final SourceStandings standings;

  SourceCheck(SourceStandings standings) {
    this.standings = standings;
  }

  @Override
  public List<Finding> look(Instant now) {
    return standings.behind(now).stream().map(SourceCheck::finding).toList();
  }

  private static Finding finding(Standing standing) {
    boolean late = standing.state().equals("LATE");
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("state", standing.state());
    if (standing.completeUntil() != null) {
      evidence.put("completeUntil", standing.completeUntil().toString());
    }
    if (standing.dueSince() != null) {
      evidence.put("dueSince", standing.dueSince().toString());
    }
    if (standing.cause() != null) {
      evidence.put("because", standing.cause());
    }
    String why = standing.cause() == null ? standing.state() : standing.cause();
    return LinkFinding.of(
        LinkFinding.BEHIND,
        standing.source(),
        "",
        late ? Level.BREACH : Level.WARNING,
        evidence,
        Wording.of(
            "数据源 %s 没有读全（%s）：到 GET /api/sources 查看原因，修正后自动补读。",
            "The source %s is not read completely (%s): see why at GET /api/sources and mend it; it"
                + " is then read by itself.",
            standing.source(),
            why));
  }
}
