package io.orderbridge.runtime;

import io.orderbridge.consistency.AllOf;
import io.orderbridge.consistency.AnyOf;
import io.orderbridge.consistency.Condition;
import io.orderbridge.consistency.InParcels;
import io.orderbridge.consistency.NoneOf;
import io.orderbridge.consistency.OrderConditions.InStatus;
import io.orderbridge.consistency.OrderConditions.PaidDiffers;
import io.orderbridge.consistency.OrderConditions.PaidDiffers.Than;
import io.orderbridge.consistency.OrderConditions.Refunded;
import io.orderbridge.consistency.OrderConditions.Tagged;
import io.orderbridge.consistency.OrderConditions.Untracked;
import io.orderbridge.consistency.SaidConditions.Claimed;
import io.orderbridge.consistency.SaidConditions.Coded;
import io.orderbridge.consistency.SaidConditions.Reached;
import io.orderbridge.consistency.SaidConditions.Shown;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.mapping.NearNames;
import io.orderbridge.order.OrderReadings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the conditions of rules: one main key each, and what belongs to it. */
final class ConditionSection {
  /** What stands in for a condition that could not be read; such a file is not put in force. */
  static final Condition NEVER = new AnyOf(List.of());

  // A rule that is nested deeper is one that nobody understands.
  private static final int DEPTH_MAX = 8;
  private static final String OTHERS = "others";
  private static final List<String> MAIN =
      List.of(
          "all",
          "any",
          "not",
          "any-parcel",
          "all-parcels",
          "reached",
          "claims",
          "raw",
          "state",
          "status",
          "refund",
          "paid",
          "tag",
          "tracking",
          "term");
  private static final Map<String, Than> PAID =
      Map.of("differs", Than.EITHER, "less", Than.LESS, "more", Than.MORE);
  private static final List<String> MILESTONES =
      Arrays.stream(Milestone.values()).map(Milestone::name).toList();

  private final SystemNames systems;
  private final Map<String, Condition> terms = new TreeMap<>();
  private int depth;
  private boolean ofParcel;

  ConditionSection(SystemNames systems) {
    this.systems = systems;
  }

  /** Takes a condition up under a name, for those that follow. */
  void define(String name, Section holder) {
    holder.section(name).ifPresent(section -> terms.put(name, read(section)));
  }

  Condition read(Section section) {
    List<String> main = MAIN.stream().filter(section::has).toList();
    if (main.size() != 1) {
      if (main.isEmpty()) {
        section.allow(MAIN.toArray(String[]::new));
      }
      section.wrong(
          main.isEmpty() ? "" : main.get(1),
          main.isEmpty()
              ? "a condition has one of " + String.join(", ", MAIN)
              : "a condition has one of %s, not both; join them by all or any"
                  .formatted(String.join(" and ", main)));
      return NEVER;
    }
    depth++;
    try {
      if (depth > DEPTH_MAX) {
        section.wrong("", "conditions are nested over %d deep".formatted(DEPTH_MAX));
        return NEVER;
      }
      return read(section, main.get(0));
    } finally {
      depth--;
    }
  }

  private Condition read(Section section, String main) {
    return switch (main) {
      case "all" -> new AllOf(several(section, main));
      case "any" -> new AnyOf(several(section, main));
      case "not" -> new NoneOf(one(section, main));
      case "any-parcel" -> new InParcels(false, parcel(section, main));
      case "all-parcels" -> new InParcels(true, parcel(section, main));
      case "reached" -> reached(section.allow("reached", "after"));
      case "claims" -> claims(section.allow("claims", "by", "confirmed"));
      case "raw" -> new Coded(list(section.allow("raw", "of"), "raw", null), of(section));
      case "state" ->
          new Shown(list(section.allow("state", "of"), "state", statuses()), of(section));
      case "status" -> new InStatus(list(section.allow("status"), "status", statuses()));
      case "refund" -> refund(section.allow("refund", "whole"));
      case "paid" ->
          new PaidDiffers(
              section
                  .allow("paid")
                  .value("paid", Than.EITHER, text -> ContradictionsSection.choice(text, PAID)));
      case "tag" ->
          new Tagged(section.allow("tag", "in").required("tag"), list(section, "in", null));
      case "tracking" -> tracking(section.allow("tracking"));
      default -> term(section.allow("term"));
    };
  }

  private List<Condition> several(Section section, String key) {
    section.allow(key);
    List<Condition> conditions = new ArrayList<>();
    section.sections(key).forEach(one -> conditions.add(read(one)));
    if (conditions.isEmpty()) {
      section.wrong(key, "'%s' has no conditions".formatted(key));
    }
    return conditions;
  }

  private Condition one(Section section, String key) {
    return section.allow(key).section(key).map(this::read).orElse(NEVER);
  }

  private Condition parcel(Section section, String key) {
    if (ofParcel) {
      section.wrong(key, "'%s' stands in a condition of a parcel already".formatted(key));
      return NEVER;
    }
    ofParcel = true;
    try {
      return one(section, key);
    } finally {
      ofParcel = false;
    }
  }

  private static Condition reached(Section section) {
    List<String> before = new ArrayList<>(MILESTONES);
    before.addAll(OrderReadings.REFUNDS);
    return new Reached(
        Milestone.valueOf(
            section.value("reached", MILESTONES.get(0), text -> known(text, MILESTONES))),
        section.value("after", "", text -> known(text, before)));
  }

  private Condition claims(Section section) {
    List<Milestone> milestones =
        list(section, "claims", MILESTONES).stream().map(Milestone::valueOf).toList();
    List<List<String>> by =
        section.has("by") && section.text("by", "").equals(OTHERS)
            ? List.of()
            : List.of(section.value("by", List.of(), systems::named));
    if (!section.has("by")) {
      section.wrong("by", "'claims' has no 'by': a role, a connection, or others");
    }
    return new Claimed(
        milestones,
        by.stream().flatMap(List::stream).toList(),
        !section.value("confirmed", true, Notation::yesOrNo));
  }

  private static Condition refund(Section section) {
    return new Refunded(
        list(section, "refund", OrderReadings.REFUNDS),
        section.value("whole", false, Notation::yesOrNo));
  }

  private Condition tracking(Section section) {
    section.value("tracking", "", text -> known(text, List.of("missing")));
    if (!ofParcel) {
      section.wrong("tracking", "'tracking' is asked of a parcel: write it below any-parcel");
    }
    return new Untracked();
  }

  private Condition term(Section section) {
    return terms.getOrDefault(
        section.value("term", "", text -> known(text, terms.keySet())), NEVER);
  }

  private List<String> of(Section section) {
    if (!section.has("of")) {
      section.wrong("of", "the condition has no 'of': a role or a connection");
    }
    return section.value("of", List.of(), systems::named);
  }

  private static List<String> list(Section section, String key, Collection<String> allowed) {
    List<String> values =
        section.values(key, List.of(), text -> allowed == null ? text : known(text, allowed));
    if (section.has(key) && section.values(key, List.of(), text -> text).isEmpty()) {
      section.wrong(key, "'%s' names nothing; write [a, b]".formatted(key));
    }
    return values;
  }

  private static Collection<String> statuses() {
    return OrderReadings.STATUSES;
  }

  private static String known(String text, Collection<String> allowed) {
    if (!allowed.contains(text)) {
      throw Notation.expected(text, "one of " + NearNames.of(text, allowed));
    }
    return text;
  }
}
