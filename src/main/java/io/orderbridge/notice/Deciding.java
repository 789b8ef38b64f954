package io.orderbridge.notice;

import io.orderbridge.notice.Plans.Decided;
import io.orderbridge.notice.Plans.Fresh;
import io.orderbridge.notice.Plans.Plan;
import io.orderbridge.order.OrderSnapshots.Snapshot;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which messages a notice is sent as, for one batch. Pure but for what it counts itself. */
final class Deciding {
  private static final String PLANNED = "PLANNED";
  private static final String SUPPRESSED = "SUPPRESSED";

  private final NoticeRules rules;
  private final Guard guard;
  private final Vendors vendors;
  private final Known known;
  private final Instant now;
  private final Map<ZoneId, Map<String, Integer>> counted = new HashMap<>();
  private final List<Long> nothingSent = new ArrayList<>();

  Deciding(NoticeRules rules, Vendors vendors, Known known, Instant now) {
    this.rules = rules;
    this.guard = new Guard(rules.policy());
    this.vendors = vendors;
    this.known = known;
    this.now = now;
    known.counted().forEach((zone, day) -> counted.put(zone, new HashMap<>(day)));
  }

  /**
   * What is known of the customers of a batch, each by customer.
   *
   * @param counted messages of the day of a zone by {@code customer/channel/content}
   * @param personal the rule whose block an order's customer gets, by order
   */
  record Known(
      Map<String, Map<String, String>> contacts,
      Map<String, List<Consent>> consents,
      Map<ZoneId, Map<String, Integer>> counted,
      Map<Long, String> personal) {}

  /** Notices of which nothing can be sent now. */
  List<Long> nothingSent() {
    return nothingSent;
  }

  /**
   * @param order null when it is gone
   * @param tried channels that have their message already
   * @param plans the messages are added here
   */
  Decided decide(Fresh notice, Snapshot order, Set<String> tried, List<Plan> plans) {
    List<Map<String, String>> decided = new ArrayList<>(Json.rows(notice.decided()));
    Optional<Gate> gate = rules.gate(notice.gate());
    if (gate.isEmpty() || order == null) {
      decided.add(Map.of("rule", gate.isEmpty() ? "gate-gone" : "order-gone", "does", SUPPRESSED));
      return nothing(notice, notice.step(), null, decided, null);
    }
    return channels(new Subject(notice, order, gate.get()), tried, decided, plans);
  }

  /** What is decided about. */
  private record Subject(Fresh notice, Snapshot order, Gate gate) {}

  private Decided channels(
      Subject subject, Set<String> tried, List<Map<String, String>> decided, List<Plan> plans) {
    List<String> channels = subject.gate().channels();
    boolean cascade = subject.gate().mode() == Gate.Mode.CASCADE;
    String personal = known.personal().get(subject.order().id());
    int step = cascade ? subject.notice().step() : 0;
    boolean sent = false;
    for (; step < channels.size() && !(cascade && sent); step++) {
      if (tried.contains(channels.get(step))) {
        continue;
      }
      Plan plan = plan(subject, step, personal, decided);
      if (plan != null) {
        plans.add(plan);
        sent |= !plan.state().equals(SUPPRESSED);
        // What is postponed is decided anew, so its channel stays the next one.
        if (cascade && plan.dueAt() != null && plan.dueAt().isAfter(now)) {
          break;
        }
      }
    }
    if (!sent) {
      nothingSent.add(subject.notice().id());
    }
    return new Decided(
        subject.notice(),
        "SENDING",
        step,
        Notices.steps(subject.gate()),
        Json.write(decided),
        subject.order().customer(),
        personal);
  }

  // Null when the customer cannot be reached by the channel.
  private Plan plan(Subject subject, int step, String personal, List<Map<String, String>> decided) {
    String channel = subject.gate().channels().get(step);
    Optional<Vendor> vendor = vendor(subject, channel);
    if (vendor.isEmpty()) {
      String rule = vendors.of(channel).isEmpty() ? "no-vendor" : "no-contact";
      decided.add(Map.of("channel", channel, "rule", rule, "does", "SKIP"));
      return null;
    }
    Decision decision = decision(subject, channel, personal != null);
    decided.add(
        Map.of("channel", channel, "rule", decision.rule(), "does", decision.outcome().name()));
    boolean suppressed = decision.outcome() == Decision.Outcome.SUPPRESS;
    boolean postponed = decision.outcome() == Decision.Outcome.POSTPONE;
    String customer = subject.order().customer();
    if (!suppressed && !postponed && customer != null) {
      String key = customer + "/" + channel + "/" + subject.gate().content();
      counted.values().forEach(day -> day.merge(key, 1, Integer::sum));
    }
    return new Plan(
        subject.notice(),
        step,
        vendor.get(),
        customer,
        subject.gate().content(),
        suppressed ? SUPPRESSED : PLANNED,
        suppressed ? null : postponed ? decision.until() : now,
        decision.personal(),
        suppressed ? decision.rule() : null);
  }

  private Optional<Vendor> vendor(Subject subject, String channel) {
    String customer = subject.order().customer();
    Map<String, String> contacts =
        CustomerContacts.of(
            subject.order(),
            customer == null ? Map.of() : known.contacts().getOrDefault(customer, Map.of()));
    return vendors.of(channel).stream()
        .filter(one -> contacts.containsKey(one.contact()))
        .findFirst();
  }

  private Decision decision(Subject subject, String channel, boolean personal) {
    Content content = subject.gate().content();
    String customer = subject.order().customer();
    List<Consent> said =
        customer == null ? List.of() : known.consents().getOrDefault(customer, List.of());
    return guard.decide(
        new Asked(
            channel,
            content,
            Consent.of(said, channel, content),
            Consent.of(said, channel, Content.PROMOTION),
            personal,
            now,
            sentToday(customer, channel, content)));
  }

  // A cap that is not about one content counts both.
  private int sentToday(String customer, String channel, Content content) {
    Optional<ChannelRules.Cap> cap = rules.policy().cap(channel, content);
    if (cap.isEmpty()) {
      return 0;
    }
    boolean both = cap.get().scope().content() == null;
    Map<String, Integer> day = counted.getOrDefault(cap.get().zone(), Map.of());
    return Arrays.stream(Content.values())
        .filter(one -> both || one == content)
        .mapToInt(one -> day.getOrDefault(customer + "/" + channel + "/" + one, 0))
        .sum();
  }

  private static Decided nothing(
      Fresh notice, int step, Integer steps, List<Map<String, String>> decided, String customer) {
    return new Decided(
        notice, SUPPRESSED, step, steps, Json.write(decided), customer, notice.personal());
  }
}
