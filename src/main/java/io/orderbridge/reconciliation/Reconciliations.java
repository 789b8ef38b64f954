package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Money;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The reconciliations in force, as the files say. Thread-safe. */
@Singleton
public class Reconciliations {
  private final Map<String, Loaded> byName = new ConcurrentSkipListMap<>();

  /** A reconciliation, and what people may do about its breaks. */
  public record Loaded(Reconciliation reconciliation, Care care) {}

  /**
   * @param writeOff up to this the second person may be of finance, above it has to be the owner;
   *     null when every amount needs the owner
   * @param back so many days back a late file is still followed by itself
   */
  public record Care(Money writeOff, int back) {
    public static final int BACK_DEFAULT = 31;
    public static final Care DEFAULT = new Care(null, BACK_DEFAULT);
  }

  /** Puts it in force for the runs to come; null takes it away. */
  public void replace(String name, Loaded loaded) {
    if (loaded == null) {
      byName.remove(name);
    } else {
      byName.put(name, loaded);
    }
  }

  public List<Loaded> all() {
    return List.copyOf(byName.values());
  }

  public Optional<Loaded> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
