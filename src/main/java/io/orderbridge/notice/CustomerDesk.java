package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.CustomerKey;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What people do with a customer's word on notices. Only roles ops, cs and manager, others are
 * {@link Declined}; each act and each look stands in the audit, by the beginning of the customer's
 * {@link CustomerKey}. Thread-safe.
 */
@Singleton
public class CustomerDesk {
  private static final Set<Role> ROLES = Set.of(Role.OPS, Role.CS, Role.MANAGER);
  // Enough to tell two customers apart in the audit.
  private static final int KEY_SHOWN = 16;
  private static final int REASON_MAX = 500;

  private final Database database;
  private final Customers customers;
  private final Clock clock;

  CustomerDesk(Database database, Customers customers, Clock clock) {
    this.database = database;
    this.customers = customers;
    this.clock = clock;
  }

  /**
   * What is known of a customer.
   *
   * @param said the newest first, at most 500 words; none of who never spoke
   * @param contacts the kinds only
   */
  public record Known(List<Consent> said, Collection<String> contacts) {
    /** Whether notices of this content go by this channel, as far as the customer's word goes. */
    public Says says(String channel, Content content) {
      return Consent.of(said, channel, content);
    }
  }

  /**
   * The key of a customer who is named.
   *
   * @throws Declined when nobody is: no whole phone number, and not both shop and buyer
   */
  public static String named(String phone, String shop, String buyer) {
    String customer = CustomerKey.of(phone, shop, buyer);
    if (customer == null) {
      throw new Declined(
          Kind.WRONG,
          new Wording(
              "没有指明顾客：请填完整的手机号，或店铺和买家账号",
              "names nobody: expected ?phone=<whole number> or ?shop=&buyer="));
    }
    return customer;
  }

  /**
   * The same, and it stands in the audit that somebody asked for the number; the number does not.
   *
   * @return the key, which may stand in a link
   */
  public String find(Person person, String phone, String shop, String buyer) {
    person.in(ROLES);
    String customer = named(phone, shop, buyer);
    database.run(connection -> audit(connection, person, "notice-customer.searched", customer, ""));
    return customer;
  }

  /** What a customer said, with its evidence. Each look stands in the audit. */
  public Known open(Person person, String customer) {
    person.in(ROLES);
    return database.inTransaction(
        connection -> {
          List<Consent> said = Consents.history(connection, customer);
          audit(connection, person, "notice-customer.opened", customer, "consents=" + said.size());
          return new Known(
              said,
              List.copyOf(
                  new TreeSet<>(
                      Contacts.of(connection, Set.of(customer))
                          .getOrDefault(customer, Map.of())
                          .keySet())));
        });
  }

  /**
   * Takes a customer document; told twice it is told once.
   *
   * @throws Refusal with the place that is wrong
   */
  Customers.Taken tell(Person person, Map<String, Object> document) {
    person.in(ROLES);
    return database.inTransaction(
        connection -> {
          Customers.Taken told = customers.take(connection, document);
          String detail = "contacts=%d consents=%d".formatted(told.contacts(), told.consents());
          audit(connection, person, "notice-customer.told", told.customer(), detail);
          return told;
        });
  }

  /**
   * Adds what a customer says now. It is never changed afterwards; a later word may take it back.
   *
   * @param word channel, content, says and evidence, as in the customer document
   */
  public void say(Person person, String customer, Map<String, String> word) {
    person.in(ROLES);
    Instant now = clock.instant();
    if (word.getOrDefault("evidence", "").isBlank()) {
      throw new Declined(
          Kind.WRONG,
          new Wording(
              "没有填写同意凭证：没有凭证的同意证明不了什么",
              "the evidence is missing; consent without evidence proves nothing"));
    }
    Consent said;
    try {
      said = CustomerDocument.consent("", word, now, now);
    } catch (Refusal e) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "通道、内容、意愿或凭证不合规：凭证最多 500 个字符，不能有控制字符（%s）",
              "channel, content, word or evidence is not as expected: evidence has at most 500"
                  + " characters, none of control (%s)",
              e.place()));
    }
    database.run(
        connection -> {
          int added = Consents.add(connection, customer, List.of(said), now);
          String detail =
              "channel=%s content=%s says=%s consents=%d"
                  .formatted(said.channel(), said.content(), said.says(), added);
          audit(connection, person, "notice-customer.told", customer, detail);
        });
  }

  /**
   * Erases the contacts for good; a second time there are none.
   *
   * @param reason in the person's words; empty when none was asked for
   * @return how many there were
   */
  public int erase(Person person, String customer, String reason) {
    person.in(ROLES);
    if (reason.length() > REASON_MAX) {
      throw new Declined(
          Kind.WRONG,
          Wording.of("理由最多 %d 个字符", "the reason has at most %d characters", REASON_MAX));
    }
    return database.inTransaction(
        connection -> {
          int contacts = Contacts.erase(connection, customer, clock.instant());
          String subject = customer.substring(0, KEY_SHOWN);
          Audit.write(
              connection,
              new Audit.Act(
                  person.name(),
                  "notice-customer.erased",
                  subject,
                  reason,
                  "contacts=" + contacts));
          return contacts;
        });
  }

  private static void audit(
      Connection connection, Person person, String action, String customer, String detail)
      throws SQLException {
    Audit.write(
        connection,
        new Audit.Act(person.name(), action, customer.substring(0, KEY_SHOWN), "", detail));
  }
}
