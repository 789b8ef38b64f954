package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.order.CustomerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What systems tell of customers is kept with its evidence, whatever comes twice or late. */
@Tag("R27")
class CustomersDbTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final String PHONE = "+86 138-0013-8000";
  private static final String KEY = CustomerKey.of(PHONE, null, null);

  private final Heart heart = Heart.fresh();
  private final SteppedClock clock = new SteppedClock(NOW);
  private final Customers customers = new Customers(clock);

  @AfterEach
  void end() {
    heart.close();
  }

  private static Map<String, Object> document(String at) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("customer", Map.of("phone", PHONE));
    document.put("at", at);
    return document;
  }

  private static Map<String, Object> said(String says, String at) {
    return said("sms", "PROMOTION", says, at);
  }

  private static Map<String, Object> said(String channel, String content, String says, String at) {
    Map<String, Object> document = document(at);
    document.put(
        "consents",
        List.of(
            Map.of("channel", channel, "content", content, "says", says, "evidence", "form 7")));
    return document;
  }

  private static Map<String, Object> reached(String kind, String value, String at) {
    Map<String, Object> document = document(at);
    document.put("contacts", Map.of(kind, value));
    return document;
  }

  private Customers.Taken take(Object document) {
    return heart.database.inTransaction(c -> customers.take(c, document));
  }

  private Says says() {
    List<Consent> said =
        heart
            .database
            .inTransaction(c -> Consents.of(c, Set.of(KEY, "other")))
            .getOrDefault(KEY, List.of());
    return Consent.of(said, "sms", Content.PROMOTION);
  }

  private Map<String, String> contacts() {
    return heart
        .database
        .inTransaction(c -> Contacts.of(c, Set.of(KEY)))
        .getOrDefault(KEY, Map.of());
  }

  @Test
  void the_newest_word_counts_in_whatever_order_the_words_come() {
    List<Map<String, Object>> words =
        new ArrayList<>(
            List.of(
                said("GRANTED", "2026-11-01T00:00:00Z"),
                said("WITHDRAWN", "2026-11-02T00:00:00Z"),
                said("GRANTED", "2026-11-03T00:00:00+08:00")));
    Collections.reverse(words);
    words.forEach(this::take);
    // 3 November in Shanghai is 16:00 of the 2nd in London: after the withdrawal.
    assertThat(says()).isEqualTo(Says.GRANTED);
    take(said("WITHDRAWN", "2026-11-04T00:00:00Z"));
    assertThat(says()).isEqualTo(Says.WITHDRAWN);
  }

  @Test
  void consent_and_withdrawal_of_the_same_moment_are_a_withdrawal() {
    take(said("WITHDRAWN", "2026-11-01T00:00:00Z"));
    take(said("GRANTED", "2026-11-01T00:00:00Z"));
    assertThat(says()).isEqualTo(Says.WITHDRAWN);
  }

  @Test
  void told_twice_it_is_told_once_and_the_evidence_stands() {
    assertThat(take(said("GRANTED", "2026-11-01T00:00:00Z")).consents()).isEqualTo(1);
    assertThat(take(said("GRANTED", "2026-11-01T00:00:00Z")).consents()).isZero();
    List<Consent> history = heart.database.inTransaction(c -> Consents.history(c, KEY));
    assertThat(history)
        .containsExactly(
            new Consent(
                "sms", "PROMOTION", Says.GRANTED, Instant.parse("2026-11-01T00:00:00Z"), "form 7"));
  }

  @Test
  void what_was_said_is_never_changed() {
    take(said("GRANTED", "2026-11-01T00:00:00Z"));
    for (String change :
        List.of(
            "update notice_consent set says = 'WITHDRAWN'",
            "delete from notice_consent",
            "truncate notice_consent")) {
      assertThatThrownBy(() -> heart.execute(change)).hasMessageContaining("insert only");
    }
  }

  @Test
  void the_newest_contact_counts_and_an_empty_one_is_taken_away() {
    assertThat(take(reached("wechat", "openid-2", "2026-11-02T00:00:00Z")).contacts()).isEqualTo(1);
    assertThat(take(reached("wechat", "openid-1", "2026-11-01T00:00:00Z")).contacts()).isZero();
    assertThat(take(reached("wechat", "openid-2", "2026-11-02T00:00:00Z")).contacts()).isZero();
    assertThat(contacts()).containsExactly(Map.entry("wechat", "openid-2"));
    take(reached("wechat", "", "2026-11-03T00:00:00Z"));
    assertThat(contacts()).isEmpty();
  }

  @Test
  void what_was_erased_does_not_come_back_with_an_older_message() {
    take(reached("email", "wang@example.com", "2026-11-01T00:00:00Z"));
    heart.database.run(c -> assertThat(Contacts.erase(c, KEY, NOW)).isEqualTo(1));
    assertThat(contacts()).isEmpty();
    take(reached("email", "wang@example.com", "2026-11-02T00:00:00Z"));
    assertThat(contacts()).isEmpty();
    heart.database.run(
        c -> {
          try (var query = c.createStatement();
              var rows =
                  query.executeQuery("select count(*) from notice_contact where value <> ''")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
          }
        });
    clock.step(Duration.ofDays(1));
    take(reached("email", "new@example.com", "2026-11-21T00:00:00Z"));
    assertThat(contacts()).containsEntry("email", "new@example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "sms,   PROMOTIONS,  GRANTED, /consents/0/content",
    "fax,   PROMOTION,   GRANTED, /consents/0/channel",
    "sms,   PROMOTION,   NOTHING, /consents/0/says"
  })
  void a_word_that_is_none_is_refused_with_its_place(
      String channel, String content, String says, String place) {
    refused(said(channel, content, says, "2026-11-01T00:00:00Z"), place);
  }

  @Test
  void a_document_that_is_not_right_is_refused_with_its_place_and_stores_nothing() {
    refused("text", "");
    refused(document("yesterday"), "/at");
    refused(document("1999-12-31T00:00:00Z"), "/at");
    // A word of the future would beat what is said meanwhile.
    refused(said("GRANTED", "2026-11-20T10:05:00.001Z"), "/at");
    refused(with("customer", Map.of("phone", "138****8000")), "/customer");
    refused(with("customer", Map.of("phone", 13_800_138_000L)), "/customer/phone");
    refused(with("name", "Wang"), "");
    refused(with("contacts", Map.of("fax", "1")), "/contacts");
    refused(with("contacts", Map.of("email", "no address")), "/contacts/email");
    refused(with("contacts", Map.of("fcm", "x".repeat(1_025))), "/contacts/fcm");
    refused(with("consents", Collections.nCopies(51, Map.of())), "/consents");
    refused(
        with("consents", List.of(Map.of("channel", "sms", "content", "*", "says", "GRANTED"))),
        "/consents/0/evidence");
    assertThat(contacts()).isEmpty();
    assertThat(says()).isEqualTo(Says.NOTHING);
  }

  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> document = document("2026-11-01T00:00:00Z");
    document.put(key, value);
    return document;
  }

  private void refused(Object document, String place) {
    assertThatThrownBy(() -> take(document))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.place()).isEqualTo(place);
              assertThat(refusal.getMessage()).doesNotContain("13800138000", "no address");
            });
  }
}
