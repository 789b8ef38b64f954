package io.orderbridge.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.payment.Transaction.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A transaction as one message told it.
 *
 * @param day of it, in the zone of the connection
 * @param source kind of the message
 * @param inboxId number of the message: the evidence; 0 when there is none
 */
record Told(String connection, Transaction what, LocalDate day, String source, long inboxId) {
  // A payment is told by a list, a bill, some queries. What comes after is repetition.
  private static final int EARLIER_MAX = 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Map<String, Object>>> WORDS = new TypeReference<>() {};

  /** What makes two words one record. */
  record Key(String connection, Kind kind, String id, String refund) {}

  Key key() {
    return new Key(connection, what.kind(), what.id(), what.refund());
  }

  /**
   * Whether this word counts more than the other. States of a payment only advance; a refund that
   * was done may fail, so its time decides. At one state the message that was stored later counts:
   * the numbers of messages stay, in whatever order they are worked.
   */
  boolean newerThan(Told other) {
    if (what.kind() == Kind.REFUND && !what.at().equals(other.what.at())) {
      return what.at().isAfter(other.what.at());
    }
    return what.rank() != other.what.rank()
        ? what.rank() > other.what.rank()
        : inboxId > other.inboxId;
  }

  boolean saysTheSame(Told other) {
    return what.equals(other.what) && day.equals(other.day);
  }

  /**
   * The list of earlier words with this one added.
   *
   * @param earlier JSON list, or null
   * @return the same text when it is in there already, or the list is full
   */
  String addedTo(String earlier) {
    List<Map<String, Object>> words = new ArrayList<>(words(earlier));
    Map<String, Object> word = word();
    boolean known = words.stream().anyMatch(one -> sameWord(one, word));
    if (known || words.size() >= EARLIER_MAX) {
      return earlier;
    }
    words.add(word);
    try {
      return JSON.writeValueAsString(words);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts can be written", e);
    }
  }

  static List<Map<String, Object>> words(String earlier) {
    try {
      return earlier == null ? List.of() : JSON.readValue(earlier, WORDS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the evidence of a payment is not readable", e);
    }
  }

  // The same file read once more is another message with nothing new in it.
  private static boolean sameWord(Map<String, Object> one, Map<String, Object> other) {
    Map<String, Object> left = new LinkedHashMap<>(one);
    Map<String, Object> right = new LinkedHashMap<>(other);
    left.remove("message");
    right.remove("message");
    return left.equals(right);
  }

  private Map<String, Object> word() {
    Map<String, Object> word = new LinkedHashMap<>();
    word.put("source", source);
    word.put("message", Long.toString(inboxId));
    word.put("state", what.state());
    word.put("at", what.at().toString());
    word.put("amount", what.amount().toDecimal());
    word.put("currency", what.amount().currency().getCurrencyCode());
    word.put("order", what.shop() + "/" + what.number());
    return word;
  }
}
