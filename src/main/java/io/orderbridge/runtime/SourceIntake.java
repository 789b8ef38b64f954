package io.orderbridge.runtime;

import io.orderbridge.inbox.StreamStore;
import io.orderbridge.inbox.StreamStore.Letter;
import io.orderbridge.order.FirstWords;
import io.orderbridge.schedule.Intake;
import io.orderbridge.work.Unsettled;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Joins the sources with the inbox and the order book, which do not know each other. */
@Singleton
class SourceIntake implements Intake {
  private final StreamStore store;
  private final Unsettled unsettled;
  private final FirstWords words;

  SourceIntake(StreamStore store, Unsettled unsettled, FirstWords words) {
    this.store = store;
    this.unsettled = unsettled;
    this.words = words;
  }

  @Override
  public List<Long> store(String stream, List<Arrived> items) {
    return store.store(
        stream,
        items.stream()
            .map(item -> new Letter(item.messageId(), item.kind(), item.body()))
            .toList());
  }

  @Override
  public Map<Long, Fate> fates(String stream, Collection<Long> inboxIds) {
    Map<Long, Unsettled.How> open = unsettled.find(StreamStore.queueName(stream), inboxIds);
    Map<Long, Fate> fates = new HashMap<>();
    for (Long id : inboxIds) {
      Unsettled.How how = open.get(id);
      fates.put(
          id, how == null ? Fate.APPLIED : how == Unsettled.How.DEAD ? Fate.DEAD : Fate.WAITING);
    }
    return fates;
  }

  @Override
  public Set<Long> firstWords(Collection<Long> inboxIds) {
    return words.of(inboxIds);
  }
}
