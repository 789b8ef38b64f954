package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts together what shares a key or a further key. Never ambiguous: who has two candidates is left
 * alone, and so is whoever wanted him. A time that is not known keeps nobody apart.
 */
final class PassRef {
  private static final String SPLIT = "\u001f";
  // A number of a token and some of its hash in one long, so that sorting needs no objects.
  private static final int INDEX_BITS = 27;
  private static final long INDEX = (1L << INDEX_BITS) - 1;
  // A key that so many share on both sides tells nobody apart, whatever their days.
  private static final long PAIRS_MAX = 10_000;
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_TIMES = 0x100000001b3L;

  private final JudgeLone lone;
  private final int within;
  private final PassPartners partners;

  private PassRef(JudgeLone lone, int within) {
    this.lone = lone;
    this.within = within;
    this.partners = new PassPartners(lone);
  }

  static void run(JudgeLone lone, int within, int pass, PassFound found) {
    PassRef ref = new PassRef(lone, within);
    ref.look(ref.new Tokens(true), ref.new Tokens(false));
    ref.partners.tell(pass, found);
  }

  /** The keys of a side, sorted by their hash. */
  private final class Tokens {
    private long[] sorted = new long[16];
    private int[] of = new int[16];
    private int size;

    Tokens(boolean left) {
      for (int one : lone.open(left)) {
        for (String token : tokens(one)) {
          add(one, token);
        }
      }
      sorted = Arrays.copyOf(sorted, size);
      Arrays.sort(sorted);
    }

    private void add(int one, String token) {
      if (size == sorted.length) {
        sorted = Arrays.copyOf(sorted, size * 2);
        of = Arrays.copyOf(of, size * 2);
      }
      if (size > INDEX) {
        throw new IllegalStateException(
            "more than %d keys stand in one book alone; is the other book's file empty?"
                .formatted(INDEX));
      }
      sorted[size] = fnv(token) & ~INDEX | size;
      of[size++] = one;
    }

    long hash(int i) {
      return sorted[i] & ~INDEX;
    }

    int end(int start) {
      int end = start;
      while (end < size && hash(end) == hash(start)) {
        end++;
      }
      return end;
    }

    int one(int i) {
      return of[(int) (sorted[i] & INDEX)];
    }
  }

  /** Of all its entries: the key and the further keys. */
  private Set<String> tokens(int one) {
    Set<String> tokens = new HashSet<>();
    for (Line line : lone.lines(one)) {
      tokens.add(line.key());
      if (line.labels() != null && line.labels().ref() != null) {
        tokens.addAll(List.of(line.labels().ref().split(SPLIT)));
      }
    }
    tokens.remove("");
    return tokens;
  }

  private static long fnv(String token) {
    long hash = FNV_START;
    for (int i = 0; i < token.length(); i++) {
      hash = (hash ^ token.charAt(i)) * FNV_TIMES;
    }
    return hash ^ hash >>> Integer.SIZE;
  }

  private void look(Tokens left, Tokens right) {
    int l = 0;
    int r = 0;
    while (l < left.size && r < right.size) {
      int order = Long.compare(left.hash(l), right.hash(r));
      int endLeft = left.end(l);
      int endRight = right.end(r);
      if (order == 0) {
        meet(left, l, endLeft, right, r, endRight);
      }
      l = order <= 0 ? endLeft : l;
      r = order >= 0 ? endRight : r;
    }
  }

  private void meet(Tokens left, int l, int endLeft, Tokens right, int r, int endRight) {
    if ((long) (endLeft - l) * (endRight - r) > PAIRS_MAX) {
      for (int i = l; i < endLeft; i++) {
        partners.several(left.one(i));
      }
      for (int i = r; i < endRight; i++) {
        partners.several(right.one(i));
      }
      return;
    }
    Map<String, List<Integer>> there = new HashMap<>();
    for (int i = r; i < endRight; i++) {
      int one = right.one(i);
      tokens(one).forEach(token -> there.computeIfAbsent(token, t -> new ArrayList<>()).add(one));
    }
    for (int i = l; i < endLeft; i++) {
      int one = left.one(i);
      for (String token : tokens(one)) {
        for (int other : there.getOrDefault(token, List.of())) {
          candidates(one, other);
        }
      }
    }
  }

  private void candidates(int left, int right) {
    boolean known = lone.day(left) != JudgeLone.UNKNOWN && lone.day(right) != JudgeLone.UNKNOWN;
    if (!known || Math.abs((long) lone.day(left) - lone.day(right)) <= within) {
      partners.candidates(left, right);
    }
  }
}
