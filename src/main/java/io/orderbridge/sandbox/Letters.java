package io.orderbridge.sandbox;

import io.orderbridge.sandbox.Partners.Sender;
import io.orderbridge.sandbox.Story.End;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the partners write about an order, in their own formats. */
final class Letters {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
  private static final String NONE = "null";

  // When things happen after the order was placed.
  private static final Duration PAID = Duration.ofMinutes(3);
  private static final Duration CHANGED = Duration.ofMinutes(5);
  private static final Duration CANCELLED = Duration.ofMinutes(8);
  private static final Duration REFUNDED = Duration.ofMinutes(9);
  private static final Duration ACCEPTED = Duration.ofMinutes(20);
  private static final Duration PACKED = Duration.ofMinutes(40);
  private static final Duration LABELLED = Duration.ofMinutes(50);
  private static final Duration SCANNED = Duration.ofMinutes(70);
  private static final Duration SHIPPED = Duration.ofMinutes(71);

  private final Words words;
  private final ShopBodies bodies;
  private final Partners partners;

  Letters(Words words, Partners partners) {
    this.words = words;
    this.partners = partners;
    this.bodies = new ShopBodies(words);
  }

  static String time(Instant at) {
    return TIME.format(OffsetDateTime.ofInstant(at, ZONE));
  }

  static Instant paidAt(Story story) {
    return story.created().plus(PAID);
  }

  static Instant refundedAt(Story story) {
    return story.created().plus(REFUNDED);
  }

  /** What shop and payment system tell before the warehouse begins. */
  List<Letter> ofSale(Story story) {
    List<Letter> letters = new ArrayList<>();
    letters.add(order(story, "created", pending(), Duration.ofSeconds(2)));
    if (story.paid()) {
      letters.add(order(story, "paid", paid(story), PAID));
      letters.add(order(story, "updated", paid(story).and("note", "\"Demo note\""), CHANGED));
    }
    if (story.elsewhere()) {
      letters.add(payment(story, "paid", "payment-paid", story.created().plus(PAID)));
    }
    if (story.end() == End.CANCELLED_UNPAID || story.end() == End.CANCELLED_PAID) {
      letters.add(order(story, "cancelled", cancelled(story), CANCELLED));
    }
    if (story.refund() > 0) {
      letters.addAll(refund(story));
    }
    return letters;
  }

  private List<Letter> refund(Story story) {
    Instant at = story.created().plus(REFUNDED);
    String body = bodies.refund(story, at);
    List<Letter> letters = new ArrayList<>();
    letters.add(shop(story, "refunded", body, at));
    if (story.elsewhere()) {
      letters.add(payment(story, "refunded", "payment-refunded", at));
    }
    if (story.end() != End.CANCELLED_PAID) {
      Look partly =
          paid(story)
              .and("financial", words.of("shop.financial.partly"))
              .and("refunds", body)
              .and("note", "\"Demo note\"");
      letters.add(order(story, "updated", partly, REFUNDED.plusSeconds(5)));
    }
    return letters;
  }

  /** What the shop tells when it has heard of the shipment. */
  List<Letter> ofShipment(Story story) {
    Instant at = story.created().plus(SHIPPED);
    Look look =
        paid(story)
            .and("shipping", "\"" + words.of("shop.shipping.done") + "\"")
            .and("note", "\"Demo note\"");
    if (story.refund() > 0) {
      look =
          look.and("financial", words.of("shop.financial.partly"))
              .and("refunds", bodies.refund(story, story.created().plus(REFUNDED)));
    }
    return List.of(
        shop(story, "shipped", bodies.shipment(story, words.of("warehouse.carrier"), at), at),
        order(story, "updated", look, SHIPPED.plusSeconds(5)));
  }

  /** What the warehouse scans. */
  List<Letter> ofWarehouse(Story story) {
    List<Letter> letters = new ArrayList<>();
    letters.add(warehouse(story, "accepted", "warehouse-order", 1, ACCEPTED));
    if (story.end() == End.ACCEPTED) {
      return letters;
    }
    for (int parcel = 1; parcel <= story.parcels(); parcel++) {
      letters.add(warehouse(story, "packed", "warehouse-parcel", parcel, PACKED));
      letters.add(warehouse(story, "tracking", "warehouse-tracking", parcel, LABELLED));
      boolean left = story.end() != End.PARTLY_SHIPPED || parcel == 1;
      if (story.shipped() && left) {
        letters.add(warehouse(story, "scanned", "warehouse-parcel", parcel, SCANNED));
      }
    }
    return letters;
  }

  /** What a shop tells that nobody has entered into the code table. */
  List<Letter> ofUnknownShop(Story story) {
    return List.of(
            order(story, "created", pending(), Duration.ofSeconds(2)),
            order(story, "paid", paid(story), PAID))
        .stream()
        .map(l -> new Letter(l.sender(), l.id(), l.kind(), words.of("broken.domain"), l.body()))
        .collect(Collectors.toList());
  }

  /** What a picture of the order shows beside its goods. */
  record Look(Map<String, String> values) {
    Look and(String name, String value) {
      Map<String, String> more = new HashMap<>(values);
      more.put(name, value);
      return new Look(Map.copyOf(more));
    }
  }

  private Look pending() {
    return new Look(
        Map.of(
            "financial", words.of("shop.financial.pending"),
            "shipping", NONE,
            "cancelledAt", NONE,
            "cancelReason", NONE,
            "note", NONE,
            "refunds", ""));
  }

  private Look paid(Story story) {
    return pending()
        .and("financial", words.of("shop.financial.paid"))
        .and("processedAt", time(story.created().plus(PAID)));
  }

  private Look cancelled(Story story) {
    Look before =
        story.paid()
            ? paid(story)
                .and("financial", words.of("shop.financial.refunded"))
                .and("note", "\"Demo note\"")
            : pending().and("financial", words.of("shop.financial.voided"));
    return before
        .and("cancelledAt", "\"" + time(story.created().plus(CANCELLED)) + "\"")
        .and("cancelReason", "\"customer\"");
  }

  private Letter order(Story story, String kind, Look look, Duration after) {
    Instant at = story.created().plus(after);
    return shop(story, kind, bodies.order(story, look, at), at);
  }

  private Letter shop(Story story, String kind, String body, Instant at) {
    return new Letter(
        Sender.SHOP,
        "demo-%s-%s-%d".formatted(story.number(), kind, at.getEpochSecond()),
        words.of("shop." + kind),
        words.of("shop.domain"),
        utf8(body));
  }

  private Letter payment(Story story, String kind, String template, Instant at) {
    // The last characters are the nonce: serial and kind make them unique in a run.
    String id = "EV-%s-%s%s".formatted(story.number(), kind.charAt(0), tail(story.number()));
    String associated = words.of("payment.%s.type".formatted(kind));
    String plain =
        Words.body(
            template,
            bodies.with(
                bodies.ofStory(story),
                Map.of(
                    "merchant", words.of("payment.merchant"),
                    "paidAt", time(story.created().plus(PAID)),
                    "refundedAt", time(at))));
    String sealed = partners.sealed(id, associated, utf8(plain));
    String body =
        Words.body(
            "payment-notice",
            Map.of(
                "id",
                id,
                "at",
                time(at.plusSeconds(1)),
                "kind",
                words.of("payment." + kind),
                "summary",
                words.of("payment.%s.summary".formatted(kind)),
                "originalType",
                associated,
                "associated",
                associated,
                "nonce",
                Partners.nonce(id),
                "ciphertext",
                sealed));
    return new Letter(Sender.PAYMENT, id, words.of("payment." + kind), "", utf8(body));
  }

  private static String tail(String number) {
    return number.substring(number.length() - 11);
  }

  private Letter warehouse(Story story, String kind, String template, int parcel, Duration after) {
    String id = "wms-%s-%s-%d".formatted(story.number(), kind, parcel);
    String body =
        Words.body(
            template,
            Map.of(
                "kind", words.of("warehouse." + kind),
                "shop", words.of("shop.name"),
                "number", story.number(),
                "at", time(story.created().plus(after)),
                "parcel", Integer.toString(parcel),
                "carrier", words.of("warehouse.carrier"),
                "tracking", story.trackingNo(parcel)));
    return new Letter(Sender.WAREHOUSE, id, words.of("warehouse." + kind), "", utf8(body));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
