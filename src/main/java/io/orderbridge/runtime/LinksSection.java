package io.orderbridge.runtime;

import io.orderbridge.consistency.LinkLimits;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code mappings/rules/links.yaml}. */
final class LinksSection {
  private LinksSection() {}

  static LinkLimits read(Section root) {
    root.allow("oldest-debt", "targets");
    Map<String, Duration> targets = new TreeMap<>();
    root.section("targets")
        .ifPresent(
            section ->
                section.each(
                    (name, holder) ->
                        targets.put(
                            name, holder.value(name, LinkLimits.DEFAULT.debt(), Notation::wait))));
    return new LinkLimits(
        root.value("oldest-debt", LinkLimits.DEFAULT.debt(), Notation::wait), targets);
  }
}
