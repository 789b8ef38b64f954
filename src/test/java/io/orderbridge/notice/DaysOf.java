package io.orderbridge.notice;

import io.orderbridge.Heart;
import io.orderbridge.finding.Findings;
import java.util.List;

/** The days of notices over a database, for tests of who reads them. */
public final class DaysOf {
  private DaysOf() {}

  /** By rules that name no gate, in the zone that holds without them. */
  public static Days over(Heart heart) {
    return new Days(
        heart.database, new NoticeRulesInForce(), new Findings(heart.database, List.of()));
  }
}
