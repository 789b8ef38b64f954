package io.orderbridge.score;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How order health is judged; {@code mappings/rules/health.yaml}.
 *
 * @param version told with every value and score, so that an old one can be read by its own rules
 * @param zone in which days, weeks and months begin
 * @param metrics what is measured; a metric without a rule is not
 * @param gates whose notices count for the reach; empty for all
 */
public record HealthRules(
    int version,
    ZoneId zone,
    Map<Metric, Rule> metrics,
    List<String> gates,
    Projecting projecting,
    Scoring scoring) {
  /** Without the file nothing is measured. */
  public static final HealthRules NONE =
      new HealthRules(
          0,
          ZoneId.of("Asia/Shanghai"),
          Map.of(),
          List.of(),
          new Projecting(8, 3),
          new Scoring(List.of(), Rule.HUNDRED));

  public HealthRules {
    metrics = Map.copyOf(metrics);
    gates = List.copyOf(gates);
  }

  /**
   * A line through the last points, drawn ahead.
   *
   * @param over so many of the last points
   * @param ahead so many periods
   */
  public record Projecting(int over, int ahead) {}

  /**
   * How usage becomes points.
   *
   * @param curve corners with growing usage; between them it is a straight line
   * @param sure percent of what should have been measured, below which nothing passes
   */
  public record Scoring(List<Corner> curve, BigDecimal sure) {
    public Scoring {
      curve = List.copyOf(curve);
    }
  }

  /**
   * A corner of the curve.
   *
   * @param usage of the limit: 1 is at it
   */
  public record Corner(BigDecimal usage, BigDecimal points) {}

  Optional<Rule> of(Metric metric) {
    return Optional.ofNullable(metrics.get(metric));
  }
}
