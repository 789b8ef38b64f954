package io.orderbridge.work;

import io.orderbridge.work.Work.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A worker whose every attempt ends as the test planned it. */
class PlannedWorker implements LaneRunner.Worker<String> {
  final List<Long> worked = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger admitted = new AtomicInteger();
  final AtomicInteger unused = new AtomicInteger();
  volatile boolean goesOn = true;
  private final Function<Item, Settlement> plan;

  PlannedWorker(Function<Item, Settlement> plan) {
    this.plan = plan;
  }

  static PlannedWorker done() {
    return new PlannedWorker(item -> Settlement.done(item, false, Drafts.TOOK));
  }

  @Override
  public Map<Long, String> load(List<Item> items) {
    Map<Long, String> loaded = new HashMap<>();
    items.forEach(item -> loaded.put(item.what().ref(), "event " + item.what().ref()));
    return loaded;
  }

  @Override
  public CompletionStage<Settlement> work(Item item, String loaded) {
    worked.add(item.what().ref());
    return CompletableFuture.completedFuture(plan.apply(item));
  }

  @Override
  public LaneRunner.Limits limits() {
    return new LaneRunner.Limits(4, 8, Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  @Override
  public int admit(int wanted) {
    admitted.addAndGet(Math.max(0, wanted));
    return wanted;
  }

  @Override
  public void unused(int lanes) {
    unused.addAndGet(lanes);
  }

  @Override
  public boolean goesOn() {
    return goesOn;
  }
}
