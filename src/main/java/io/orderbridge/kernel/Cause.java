package io.orderbridge.kernel;

/**
 * Why a message or a delivery could not go on, by who acts next. The names stand in the dead
 * letters, in metrics and in the runbook; they are never renamed.
 */
public enum Cause {
  /** The body is not readable as JSON, XML or a form; the place is the position in the body. */
  BODY_BROKEN,
  /** The body is nested deeper, or a number or name in it is longer, than the reader allows. */
  BODY_TOO_COMPLEX,
  /** The sender's resource could not be decrypted with the connection's keys. */
  BODY_NOT_DECRYPTED,
  /** No mapping file of this name is loaded. */
  MAPPING_MISSING,
  /** The mapping file failed on this body. */
  MAPPING_FAILED,
  /** A code table has no line for the value; mend the CSV and replay by this cause. */
  UNMAPPED_VALUE,
  /** What the mapping made does not satisfy the order facts; the place is a JSON pointer. */
  FACTS_INVALID,
  /** A time before 2000 or more than a day in the future. */
  TIME_IMPLAUSIBLE,
  /** An amount that is negative, has too many decimals, or is not decimal text. */
  MONEY_INVALID,
  /** A currency that ISO 4217 does not know. */
  CURRENCY_UNKNOWN,
  /** The sender used a message id again with other content. */
  MESSAGE_ID_REUSED,
  /** The route itself failed: a wrong step, a missing bean, an expression. */
  ROUTE_FAILED,
  /** The target was not reached: connection, DNS, TLS, time-out. */
  TARGET_UNREACHABLE,
  /** The target answered that it cannot now: 5xx, 408, 425, 429. */
  TARGET_BUSY,
  /** The target refused this delivery: another 4xx, or an error in the body of its answer. */
  TARGET_REFUSED,
  /** The target redirects; its address in the connection file is wrong. */
  TARGET_MOVED,
  /** The address of the customer does not exist: number, openid, device or mailbox. */
  NUMBER_INVALID,
  /** The customer refuses what the vendor sends, or does not follow the account. */
  USER_BLOCKED,
  /** The vendor does not know or does not take the template, its signature or its values. */
  TEMPLATE_INVALID,
  /** The vendor does not take our key, our token or our right to send. */
  CHANNEL_AUTH_EXPIRED,
  /** The vendor's quota for us, or the balance of our account, is used up. */
  CHANNEL_QUOTA,
  /** The access token is not valid any more and could not be renewed. */
  TOKEN_EXPIRED,
  /** The answer is not signed by the partner, or its signature does not fit. */
  ANSWER_FORGED,
  /** The answer broke off, or is not what its own hash says. */
  ANSWER_BROKEN,
  /** A call to an address that the connection file does not allow. */
  ADDRESS_REFUSED,
  /** A file of rows cannot be taken as a whole: its format, its totals, its size. */
  FILE_REFUSED,
  /** The process died more than once while this item was in work. */
  PROCESS_CRASH
}
