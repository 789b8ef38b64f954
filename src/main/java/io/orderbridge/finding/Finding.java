package io.orderbridge.finding;

import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import java.util.Map;

/**
 * Something that is not as it should be, named so that it is the same finding each time it is
 * found.
 *
 * @param kind which check says so
 * @param code what is wrong, in the words of that check: {@code PAID_TWICE}, the id of a rule, ...
 * @param subject what it is about: {@code shop/number}, a source, a pair of systems
 * @param item tells several of one code and subject apart, for example a transaction; may be empty
 * @param level how bad
 * @param amount the money it is about; null when there is none
 * @param cause why it came about, as far as it can be told: {@code NO_EVENT}, ...; may be empty
 * @param evidence values with their sources and times; no secret, no personal data
 * @param text one sentence for people: what is wrong and what to do
 */
public record Finding(
    Kind kind,
    String code,
    String subject,
    String item,
    Level level,
    Money amount,
    String cause,
    Map<String, Object> evidence,
    Wording text) {

  /** The checks. The names stand in the database, in the API and in files of rules. */
  public enum Kind {
    /** A payment system and the order book do not say the same. */
    PAYMENT,
    /** A connected system and the order book do not show the same order. */
    COMPARISON,
    /** Two systems say what cannot both be true. */
    CONTRADICTION,
    /** An order is longer in one state than it may be. */
    STUCK,
    /** A shop has to be told of a shipment, soon or too late. */
    UPLOAD,
    /** A link to a system is broken, a token ends, a source is behind. */
    LINK,
    /** A forced change did not arrive where it had to. */
    REPAIR,
    /** A customer was not told, a vendor takes nothing, or too few were reached. */
    NOTICE,
    /** Two books do not agree on an entry, or a run of them does not add up. */
    BOOKS,
    /** A metric of order health is near its limit, past it, or on its way there. */
    HEALTH
  }
}
