package io.orderbridge.books;

import java.util.List;

/**
 * What reading a source's snapshots again gave.
 *
 * @param snapshots how many were read
 * @param root hash of the last one, to be kept elsewhere; empty when there is none
 * @param broken what does not stand as it was written, in the order of the chain
 */
public record Chain(int snapshots, String root, List<Broken> broken) {
  public Chain {
    broken = List.copyOf(broken);
  }

  /** A snapshot that is not as it was written, and how that shows. */
  public record Broken(long snapshot, String why) {}

  public boolean stands() {
    return broken.isEmpty();
  }
}
