package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderTrace;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The passport of an order as texts of one language and zone, for pages of this product. No
 * personal data of customers.
 */
@Singleton
public class PassportViews {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final PassportReader reader;
  private final Clock clock;
  private final ZoneId zone;

  @Inject
  PassportViews(
      PassportReader reader,
      Clock clock,
      @ConfigProperty(name = "orderbridge.passport.zone", defaultValue = "Asia/Shanghai")
          ZoneId zone) {
    this.reader = reader;
    this.clock = clock;
    this.zone = zone;
  }

  /** The zone of all times on pages. */
  public ZoneId zone() {
    return zone;
  }

  /** A time of the zone, to the minute; empty text for none. */
  public String time(Instant at) {
    return at == null ? "" : TIME.format(at.atZone(zone));
  }

  /** A time of the zone, to the second. */
  public String second(Instant at) {
    return SECOND.format(at.atZone(zone));
  }

  /** A canonical status in words; the status itself when it is none. */
  public String status(String status, Locale locale) {
    return Names.status(status).in(locale);
  }

  /** A milestone in words. */
  public String milestone(Milestone milestone, Locale locale) {
    return milestone.said().in(locale);
  }

  /** What a notice waits for: a milestone, or what a refund comes to. */
  public String condition(String word, Locale locale) {
    return Arrays.stream(Milestone.values())
        .filter(milestone -> milestone.name().equals(word))
        .map(Milestone::said)
        .findFirst()
        .orElseGet(() -> Names.refund(word))
        .in(locale);
  }

  /** Where an order stands, in few words; empty when nothing is known of it. */
  public Optional<Map<String, Object>> brief(OrderKey key, Locale locale) {
    return reader.read(key, clock.instant()).map(passport -> brief(passport, locale));
  }

  /** Everything about an order; empty when nothing is known of it. */
  public Optional<Map<String, Object>> whole(OrderKey key, Locale locale) {
    return reader.read(key, clock.instant()).map(passport -> whole(passport, locale));
  }

  /** Orders that may be meant where nothing is known of this one. */
  public List<OrderKey> near(OrderKey key) {
    return reader.hints(key, clock.instant()).near();
  }

  private Map<String, Object> brief(Passport passport, Locale locale) {
    Diagnosis first = Explanations.of(passport).first();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("shop", passport.key().shop());
    view.put("number", passport.key().number());
    view.put("status", Names.status(passport.status()).in(locale));
    view.put("stuck", first.stuck());
    view.put("sentence", first.text().in(locale));
    view.put("who", Names.who(first.who()).in(locale));
    view.put("since", time(first.since()));
    return view;
  }

  private Map<String, Object> whole(Passport passport, Locale locale) {
    Map<String, Object> view = new PageModel(passport, zone, locale).all();
    Diagnosis first = Explanations.of(passport).first();
    Locale other = locale.equals(Locale.CHINESE) ? Locale.ENGLISH : Locale.CHINESE;
    view.put("stuck", first.stuck());
    view.put("sentenceOther", first.text().in(other));
    view.put("otherLang", other.getLanguage());
    view.put("amounts", amounts(passport, locale));
    view.put("packages", passport.parcels().stream().map(one -> parcel(one, locale)).toList());
    view.put("notices", notices(passport));
    view.put("findings", findings(passport, locale));
    view.put("letters", letters(passport));
    view.put("messages", messages(passport));
    return view;
  }

  private List<Map<String, Object>> amounts(Passport passport, Locale locale) {
    List<Map<String, Object>> rows = new ArrayList<>();
    OrderTrace order = passport.order();
    if (order != null) {
      if (order.total() != null) {
        rows.add(amount("total", "", order.total(), "", null));
      }
      order
          .payments()
          .forEach(
              paid -> rows.add(amount("paid", paid.id(), paid.amount(), paid.system(), paid.at())));
      order
          .refunds()
          .forEach(
              back ->
                  rows.add(
                      amount(
                          "refund",
                          back.id(),
                          back.amount(),
                          Names.refund(back.status()).in(locale),
                          back.at())));
    }
    passport
        .notes()
        .records()
        .forEach(
            told ->
                rows.add(
                    amount(
                        "record",
                        told.refund().isEmpty() ? told.id() : told.refund(),
                        told.amount(),
                        told.connection() + " " + told.state(),
                        told.at())));
    return rows;
  }

  private Map<String, Object> amount(String kind, String id, Money money, String note, Instant at) {
    return Map.of(
        "kind",
        kind,
        "id",
        id,
        "amount",
        money == null ? "" : money.toDecimal(),
        "currency",
        money == null ? "" : money.currency().getCurrencyCode(),
        "note",
        note,
        "at",
        time(at));
  }

  private Map<String, Object> parcel(OrderTrace.Parcel parcel, Locale locale) {
    var last = parcel.milestones().entrySet().stream().max(Map.Entry.comparingByKey());
    return Map.of(
        "id",
        parcel.id(),
        "carrier",
        parcel.carrier() == null ? "" : parcel.carrier(),
        "trackingNo",
        parcel.trackingNo() == null ? "" : parcel.trackingNo(),
        "step",
        last.map(step -> step.getKey().said().in(locale)).orElse(""),
        "at",
        time(last.map(Map.Entry::getValue).orElse(null)));
  }

  private List<Map<String, Object>> notices(Passport passport) {
    List<Map<String, Object>> rows = new ArrayList<>();
    passport
        .notes()
        .notices()
        .forEach(
            notice ->
                rows.add(
                    Map.of(
                        "gate",
                        notice.gate() + (notice.item().isEmpty() ? "" : " " + notice.item()),
                        "state",
                        notice.state(),
                        "at",
                        time(notice.gateAt()),
                        "cause",
                        notice.cause() == null ? "" : notice.cause(),
                        "sent",
                        notice.sent().stream()
                            .map(sent -> sent.channel() + " " + sent.vendor() + " " + sent.state())
                            .toList())));
    return rows;
  }

  // Open ones first; a contradiction is a finding like any other, with its kind beside it.
  private List<Map<String, Object>> findings(Passport passport, Locale locale) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (boolean cleared : new boolean[] {false, true}) {
      passport.notes().findings().stream()
          .filter(stored -> stored.clearedAt() != null == cleared)
          .forEach(
              stored ->
                  rows.add(
                      Map.of(
                          "kind",
                          stored.finding().kind().name(),
                          "code",
                          stored.finding().code(),
                          "text",
                          stored.finding().text().in(locale),
                          "opened",
                          time(stored.openedAt()),
                          "cleared",
                          time(stored.clearedAt()))));
    }
    return rows;
  }

  private List<Map<String, Object>> letters(Passport passport) {
    return passport.mail().dead().stream()
        .map(
            buried ->
                Map.<String, Object>of(
                    "id",
                    buried.letter().id(),
                    "queue",
                    buried.letter().queue(),
                    "cause",
                    buried.letter().cause().name()))
        .toList();
  }

  private List<Map<String, Object>> messages(Passport passport) {
    return passport.mail().arrived().stream()
        .map(
            arrived ->
                Map.<String, Object>of(
                    "id",
                    arrived.id(),
                    "connection",
                    arrived.connection(),
                    "kind",
                    arrived.kind(),
                    "at",
                    time(arrived.receivedAt())))
        .toList();
  }
}
