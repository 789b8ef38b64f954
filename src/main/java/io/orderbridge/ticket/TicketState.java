package io.orderbridge.ticket;

import java.time.Instant;
import java.util.List;

/**
 * Where a ticket stands: open, in progress, to verify, closed. What a person may do next is a
 * method of the state; what has no method cannot be done. What a run of a check does, it does to
 * many at once: those are statements of {@link TicketSql} that name the state they start from.
 *
 * <pre>
 *           take               to-verify            close, or a later run
 *   Open ─────────► InProgress ─────────► ToVerify ─────────────────────► Closed
 *    ▲  ◄─ assign ─     │  ▲                 │                              ▲ │
 *    │                  │  └─ take, or seen ─┘                              │ │
 *    │                  │     again                                         │ │
 *    │   (and Open) ────┴────────────── close, or a later run ──────────────┘ │
 *    └──────────────────────── reopen, or found again ────────────────────────┘
 * </pre>
 */
public sealed interface TicketState {
  /** The name in the database and in the API. */
  String name();

  /** Who brought it here: a person, or the product. */
  String by();

  Instant since();

  /** What a person may do now, in the words of the API. */
  List<String> acts();

  /** Everything but the end. */
  sealed interface Live extends TicketState {
    /** Somebody works on it from now on; whoever worked on it before does not. */
    default InProgress take(String by, Instant now) {
      return new InProgress(by, now);
    }

    /** It is somebody else's, who has not begun yet. */
    default Live assign(String by, Instant now) {
      return new Open(by, now);
    }

    /**
     * @throws IllegalArgumentException when there is no reason
     */
    default Closed close(String by, String reason, Instant now) {
      return new Closed(by, now, reason);
    }
  }

  /** Nobody works on it yet. */
  record Open(String by, Instant since) implements Live {
    @Override
    public Live assign(String by, Instant now) {
      return this;
    }

    @Override
    public String name() {
      return "OPEN";
    }

    @Override
    public List<String> acts() {
      return List.of("take", "assign", "close");
    }
  }

  /** Somebody works on it: {@code by}. */
  record InProgress(String by, Instant since) implements Live {
    /** It is said to be mended. Should it not be, it is the same person's work again. */
    ToVerify handOver(Instant now) {
      return new ToVerify(by, now);
    }

    @Override
    public String name() {
      return "IN_PROGRESS";
    }

    @Override
    public List<String> acts() {
      return List.of("take", "assign", "to-verify", "close");
    }
  }

  /** Said to be mended by who worked on it; the next run of the check says whether it is. */
  record ToVerify(String by, Instant since) implements Live {
    @Override
    public Live assign(String by, Instant now) {
      return this;
    }

    @Override
    public String name() {
      return "TO_VERIFY";
    }

    @Override
    public List<String> acts() {
      return List.of("take", "assign", "close");
    }
  }

  /**
   * Nothing has to be done any more.
   *
   * @param reason never blank
   */
  record Closed(String by, Instant since, String reason) implements TicketState {
    public Closed {
      if (reason == null || reason.isBlank()) {
        throw new IllegalArgumentException("a ticket is closed with a reason");
      }
    }

    Open reopen(String by, Instant now) {
      return new Open(by, now);
    }

    @Override
    public String name() {
      return "CLOSED";
    }

    @Override
    public List<String> acts() {
      return List.of("reopen");
    }
  }

  /** The state as its columns say. */
  static TicketState of(String name, String by, Instant since, String reason) {
    return switch (name) {
      case "OPEN" -> new Open(by, since);
      case "IN_PROGRESS" -> new InProgress(by, since);
      case "TO_VERIFY" -> new ToVerify(by, since);
      case "CLOSED" -> new Closed(by, since, reason);
      default -> throw new IllegalStateException("there is no state " + name);
    };
  }
}
