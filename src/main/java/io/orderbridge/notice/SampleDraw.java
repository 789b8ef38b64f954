package io.orderbridge.notice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Draws a sample by a seed: of all that is offered the ones with the least sha256(seed:id). The
 * same whatever the order, the machine, and after a restore; nobody can choose who is in it, only
 * draw again with another seed, which is recorded.
 */
final class SampleDraw {
  private final String seed;
  private final int size;
  private final TreeMap<String, NoticeRow> least = new TreeMap<>();
  private long population;

  SampleDraw(String seed, int size) {
    this.seed = seed;
    this.size = size;
  }

  void offer(NoticeRow row) {
    population++;
    least.put(place(row.id()), row);
    if (least.size() > size) {
      least.pollLastEntry();
    }
  }

  // The id behind the hash, so that no two rows share a place.
  private String place(long id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((seed + ":" + id).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash) + ":" + id;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The sample in the order in which it is called. */
  List<NoticeRow> drawn() {
    return new ArrayList<>(least.values());
  }

  long population() {
    return population;
  }
}
