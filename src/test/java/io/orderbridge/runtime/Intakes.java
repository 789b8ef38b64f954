package io.orderbridge.runtime;

import io.orderbridge.Heart;
import io.orderbridge.inbox.Inbox;
import io.orderbridge.inbox.StreamStore;
import io.orderbridge.order.FirstWords;
import io.orderbridge.schedule.Intake;
import io.orderbridge.work.Unsettled;

/** The product's intake of a heart. */
public final class Intakes {
  private Intakes() {}

  public static Intake of(Heart heart) {
    Inbox inbox = new Inbox(heart.database, heart.queue, heart.letters);
    return of(heart, new StreamStore(heart.database, inbox));
  }

  public static Intake of(Heart heart, StreamStore streams) {
    return new SourceIntake(streams, new Unsettled(heart.database), new FirstWords(heart.database));
  }
}
