package io.orderbridge.notice;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.order.CustomerKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a system tells of a customer: contacts and consents. Read strictly; what is wrong is refused
 * with its place and without the person's own words.
 *
 * @param customer its key
 * @param contacts by kind; an empty one is to be taken away
 */
record CustomerDocument(
    String customer, Instant at, Map<String, String> contacts, List<Consent> consents) {
  private static final Set<String> KINDS = Set.of("wechat", "jpush", "fcm", "email");
  private static final Set<String> CHANNELS = Set.of("sms", "wechat", "push", "mail", Consent.ALL);
  private static final Set<String> CONTENTS =
      Set.of(Content.PROMOTION.name(), Content.TRANSACTION.name(), Consent.ALL);
  private static final Set<String> SAYS = Set.of(Says.GRANTED.name(), Says.WITHDRAWN.name());
  // Tokens of push services have some hundred characters, and may grow.
  private static final int CONTACT_MAX = 1_024;
  private static final int EVIDENCE_MAX = 500;
  private static final int NAME_MAX = 200;
  // Two contents on four channels, granted and withdrawn, and all of it again.
  private static final int CONSENTS_MAX = 50;
  private static final Instant OLDEST = Instant.parse("2000-01-01T00:00:00Z");
  // A word of the future would beat what the customer says meanwhile; clocks differ by minutes.
  private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  /**
   * @throws Refusal FACTS_INVALID or TIME_IMPLAUSIBLE with a JSON pointer
   */
  static CustomerDocument read(Object document, Instant now) {
    Map<?, ?> root = object("", document, Set.of("customer", "at", "contacts", "consents"));
    Instant at = time("/at", root.get("at"), now);
    return new CustomerDocument(
        customer(root.get("customer")),
        at,
        contacts(root.get("contacts")),
        consents(root.get("consents"), at, now));
  }

  private static String customer(Object value) {
    Map<?, ?> customer = object("/customer", value, Set.of("phone", "shop", "buyer"));
    String phone = text("/customer/phone", customer.get("phone"), NAME_MAX);
    String shop = text("/customer/shop", customer.get("shop"), NAME_MAX);
    String buyer = text("/customer/buyer", customer.get("buyer"), NAME_MAX);
    String key = CustomerKey.of(phone, shop, buyer);
    if (key == null) {
      throw wrong(
          "/customer",
          "names nobody: write a whole phone number, or shop and buyer, without masked digits");
    }
    return key;
  }

  private static Map<String, String> contacts(Object value) {
    Map<String, String> contacts = new LinkedHashMap<>();
    if (value != null) {
      object("/contacts", value, KINDS)
          .forEach(
              (kind, contact) -> {
                String place = "/contacts/" + kind;
                contacts.put(String.valueOf(kind), contact(place, contact));
              });
    }
    return contacts;
  }

  private static String contact(String place, Object value) {
    String contact = text(place, value, CONTACT_MAX);
    if (contact.chars().anyMatch(c -> Character.isWhitespace(c))) {
      throw wrong(place, "has a space or line break");
    }
    if (place.endsWith("email") && !contact.isEmpty() && !contact.matches("[^@]+@[^@]+")) {
      throw wrong(place, "is no mail address");
    }
    return contact;
  }

  private static List<Consent> consents(Object value, Instant at, Instant now) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> said) || said.size() > CONSENTS_MAX) {
      throw wrong("/consents", "is no list of at most %d".formatted(CONSENTS_MAX));
    }
    List<Consent> consents = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      consents.add(consent("/consents/" + i, said.get(i), at, now));
    }
    return consents;
  }

  static Consent consent(String place, Object value, Instant at, Instant now) {
    Map<?, ?> said = object(place, value, Set.of("channel", "content", "says", "evidence", "at"));
    String evidence = text(place + "/evidence", said.get("evidence"), EVIDENCE_MAX).strip();
    if (evidence.isEmpty()) {
      throw wrong(place + "/evidence", "is missing; consent without evidence proves nothing");
    }
    return new Consent(
        oneOf(place + "/channel", said.get("channel"), CHANNELS),
        oneOf(place + "/content", said.get("content"), CONTENTS),
        Says.valueOf(oneOf(place + "/says", said.get("says"), SAYS)),
        said.get("at") == null ? at : time(place + "/at", said.get("at"), now),
        evidence);
  }

  private static Map<?, ?> object(String place, Object value, Set<String> known) {
    if (!(value instanceof Map<?, ?> object)) {
      throw wrong(place, "is no object");
    }
    for (Object key : object.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw wrong(
            place, "has a key that is not known; known are " + String.join(", ", sorted(known)));
      }
    }
    return object;
  }

  private static String text(String place, Object value, int max) {
    if (value == null) {
      return "";
    }
    if (!(value instanceof String text) || text.length() > max) {
      throw wrong(place, "is no text of at most %d characters".formatted(max));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw wrong(place, "has a control character");
    }
    return text;
  }

  private static String oneOf(String place, Object value, Set<String> known) {
    if (!(value instanceof String text) || !known.contains(text)) {
      throw wrong(place, "is not one of " + String.join(", ", sorted(known)));
    }
    return text;
  }

  private static Instant time(String place, Object value, Instant now) {
    Instant time;
    try {
      time = OffsetDateTime.parse(String.valueOf(value)).toInstant();
    } catch (DateTimeException e) {
      throw wrong(place, "is no time with offset such as 2026-11-20T10:00:00+08:00");
    }
    if (time.isBefore(OLDEST) || time.isAfter(now.plus(AHEAD_MAX))) {
      throw new Refusal(Cause.TIME_IMPLAUSIBLE, place, "is before 2000 or in the future: " + time);
    }
    return time;
  }

  private static Set<String> sorted(Set<String> words) {
    return new TreeSet<>(words);
  }

  private static Refusal wrong(String place, String what) {
    return new Refusal(Cause.FACTS_INVALID, place, (place.isEmpty() ? "/" : place) + " " + what);
  }
}
