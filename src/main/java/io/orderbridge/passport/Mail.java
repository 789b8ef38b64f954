package io.orderbridge.passport;

import io.orderbridge.inbox.MessageTrace.Arrived;
import io.orderbridge.work.Backlog;
import io.orderbridge.work.WorkTrace.Buried;
import java.util.List;
import java.util.Map;

/**
 * Messages about the order.
 *
 * @param arrived those that were applied, while they are kept
 * @param buried dead letters of those, settled since
 * @param dead open dead letters whose body names the order
 * @param waiting messages that wait and whose body names it
 * @param backlog what waits in the inbox, by connection
 */
record Mail(
    List<Arrived> arrived,
    List<Buried> buried,
    List<Buried> dead,
    List<Arrived> waiting,
    Map<String, Backlog.Waiting> backlog) {

  /** Nothing has come. */
  static final Mail NONE = new Mail(List.of(), List.of(), List.of(), List.of(), Map.of());
}
