package io.orderbridge.console;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Orders;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a ticket or a finding is about: where to look at it, and where the runbook tells of it. */
@Singleton
class Matters {
  // Of these the subject is an order, unless the code says something else.
  private static final Set<String> OF_ORDERS =
      Set.of(
          "PAYMENT", "COMPARISON", "CONTRADICTION", "STUCK", "UPLOAD", "REPAIR", "NOTICE", "LINK");
  private static final Set<String> OF_SOURCES = Set.of("SOURCE_BEHIND");
  private static final String RUNBOOK = "docs/runbook.md#";

  private final Visit visit;
  private final Orders orders;

  Matters(Visit visit, Orders orders) {
    this.visit = visit;
    this.orders = orders;
  }

  /** The page of what it is about; empty when there is none, or not for who looks. */
  String path(String kind, String code, String subject) {
    if (OF_SOURCES.contains(code)) {
      return "/console/sources";
    }
    if (OF_ORDERS.contains(kind) && subject.contains("/")) {
      return OrderPages.pathOf(subject);
    }
    return switch (kind) {
      case "BOOKS" -> visit.may(Rights.BOOKS) ? "/console/books" : "";
      case "HEALTH" -> visit.may(Rights.HEALTH) ? "/console/health" : "";
      case "PAYMENT" -> visit.may(Rights.PAYMENTS) ? PaymentPages.LIST : "";
      case "COMPARISON" -> visit.may(Rights.FINDINGS) ? "/console/findings/comparisons" : "";
      case "HAND" -> order(subject);
      default -> "";
    };
  }

  /** The page of the order that this names; empty when there is none. */
  String order(String subject) {
    String[] both = subject.split("/", 2);
    try {
      boolean known =
          both.length == 2 && !orders.ids(List.of(new OrderKey(both[0], both[1]))).isEmpty();
      return known ? OrderPages.pathOf(subject) : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Other pages that belong to it, by the key of their name. */
  Map<String, String> links(String kind, String code, String subject) {
    Map<String, String> links = new LinkedHashMap<>();
    boolean link = kind.equals("LINK") || code.startsWith("MISSING_");
    if (link && visit.may(Rights.LETTERS)) {
      String query =
          subject.startsWith("inbox:") || subject.startsWith("outbox:")
              ? Fields.query(Map.of("queue", subject))
              : subject.contains("/") ? Fields.query(Map.of("subject", subject)) : "";
      links.put("nav_letters", "/console/dead-letters" + query);
    }
    if (kind.equals("NOTICE") && visit.may(Rights.NOTICES)) {
      links.put("nav_notices", "/console/notices");
    }
    return links;
  }

  /** The section of the runbook; empty when it has none of it. */
  static String runbook(String kind, String code) {
    String anchor =
        switch (kind) {
          case "CONTRADICTION" -> "contradiction-any-rule";
          case "STUCK" -> "stuck_status";
          case "UPLOAD" -> "upload_at_risk-upload_late";
          case "PAYMENT", "COMPARISON", "REPAIR" -> code.toLowerCase(Locale.ROOT);
          case "NOTICE" -> code.equals("NOTICE_FAILED") ? "notice-notice_failed" : "notices";
          case "LINK" -> link(code);
          case "BOOKS" -> books(code);
          case "HEALTH" -> "order-health";
          default -> "";
        };
    return anchor.isEmpty() ? "" : RUNBOOK + anchor;
  }

  private static String link(String code) {
    return code.startsWith("CHANNEL_AUTH")
        ? "channel_auth_ending-channel_auth_expired"
        : code.toLowerCase(Locale.ROOT);
  }

  private static String books(String code) {
    return switch (code) {
      case "AMOUNT", "FEE" -> "amount-and-fee";
      case "QUANTITY", "SPLIT" -> "quantity-and-split";
      default -> code.toLowerCase(Locale.ROOT);
    };
  }
}
