package io.orderbridge.payment;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How payments are verified, from {@code mappings/rules/payments.yaml}.
 *
 * @param zone of the days of connections that are not listed
 * @param back so many days before today are looked at again when something changes
 * @param sources by connection
 * @param playbooks what is done about each class; those that are not named do their default
 */
public record PaymentRules(
    ZoneId zone, int back, Map<String, PaymentSource> sources, Map<Verdict, Playbook> playbooks) {
  private static final int BACK_DEFAULT = 7;

  /** Without a file nothing is verified; records are kept by days of UTC. */
  public static final PaymentRules NONE =
      new PaymentRules(ZoneOffset.UTC, BACK_DEFAULT, Map.of(), Map.of());

  public PaymentRules {
    sources = Map.copyOf(new TreeMap<>(sources));
    Map<Verdict, Playbook> all = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      if (verdict.differs()) {
        all.put(verdict, playbooks.getOrDefault(verdict, verdict.playbook()));
      }
    }
    playbooks = Map.copyOf(all);
  }

  Optional<PaymentSource> source(String connection) {
    return Optional.ofNullable(sources.get(connection));
  }

  ZoneId zone(String connection) {
    return source(connection).map(PaymentSource::zone).orElse(zone);
  }
}
