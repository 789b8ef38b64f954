package io.orderbridge.score;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What was told of a metric and period.
 *
 * @param version 1, 2, 3, ...: told anew when late data changed it
 * @param verdict by the rules of then
 * @param limit percent, of then
 * @param isFinal whether the period was over
 */
record Value(
    Metric metric,
    Period period,
    int version,
    Measure measure,
    Verdict verdict,
    BigDecimal limit,
    int rules,
    boolean isFinal,
    Instant madeAt) {}
