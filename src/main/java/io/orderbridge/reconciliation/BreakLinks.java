package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.Break.State;
import io.orderbridge.reconciliation.BreakRows.Members;
import io.orderbridge.reconciliation.HandLink.Spot;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Links that people make between entries of open breaks; the next run honours them. */
@Singleton
public class BreakLinks {
  private static final Set<Role> MAY = Set.of(Role.FINANCE, Role.OWNER);
  // Of more entries nobody can say by hand that they belong together.
  private static final int ENTRIES_MAX = 1_000;

  private final Database database;
  private final Reconciliations reconciliations;
  private final BreakActs acts;

  BreakLinks(Database database, Reconciliations reconciliations, BreakActs acts) {
    this.database = database;
    this.reconciliations = reconciliations;
    this.acts = acts;
  }

  /**
   * What belongs together: all entries of these breaks, and these entries.
   *
   * @param breaks may be empty
   * @param left may be empty
   * @param right may be empty
   */
  public record Wish(
      String reconciliation, List<Long> breaks, Set<Spot> left, Set<Spot> right, String reason) {}

  /**
   * @param linked breaks of which every entry is linked now
   * @param proposal a pass that would have found it; null when none would, or the link was there
   */
  public record Linked(long link, List<Long> linked, LinkProposals.Proposal proposal) {
    /** The proposed pass as a line of {@code passes} of the file; null when there is none. */
    public String pass() {
      return proposal == null ? null : proposal.line();
    }
  }

  /**
   * Makes a link; the same entries again are the link that is there.
   *
   * @throws Declined when the person may not, an entry is in no open break or in another link, or
   *     one side is empty
   */
  public Linked link(Person person, Wish wish, Instant now) {
    person.needs(MAY, new Wording("关联分录", "Linking entries"));
    String why = BreakActs.reason(BreakActs.Act.ACCEPT, wish.reason());
    return database.inTransaction(connection -> link(connection, person, wish, why, now));
  }

  private Linked link(Connection connection, Person person, Wish wish, String why, Instant now)
      throws SQLException {
    Breaks.lock(connection, wish.reconciliation());
    Members wanted = new Members();
    wanted.left().addAll(wish.left());
    wanted.right().addAll(wish.right());
    Map<Long, Members> named = BreakRows.members(connection, wish.reconciliation(), wish.breaks());
    named.values().forEach(one -> add(wanted, one));
    HandLink there = standing(connection, wish.reconciliation(), wanted);
    if (there == null) {
      there = linked(connection, wish, named.keySet());
    }
    if (there != null) {
      return new Linked(there.id(), List.of(), null);
    }
    Map<Long, Members> holding = holding(connection, wish, named, wanted);
    check(wanted);
    LinkProposals.Proposal proposal = proposal(connection, wish.reconciliation(), wanted);
    String rule = proposal == null ? null : proposal.line();
    long id =
        LinkRows.insert(
            connection,
            new LinkRows.Made(wish.reconciliation(), person.name(), now, why, rule),
            wanted.left(),
            wanted.right());
    List<Long> closed = close(connection, person, holding, wanted, id, why, now);
    acts.settle(connection, wish.reconciliation(), now);
    return new Linked(id, closed, proposal);
  }

  private LinkProposals.Proposal proposal(
      Connection connection, String reconciliation, Members wanted) throws SQLException {
    Optional<Reconciliations.Loaded> loaded = reconciliations.find(reconciliation);
    return loaded.isEmpty()
        ? null
        : LinkProposals.of(connection, loaded.get().reconciliation(), wanted).orElse(null);
  }

  // Breaks that were linked a moment ago are not open any more: the same wish is the same link.
  private static HandLink linked(Connection connection, Wish wish, Set<Long> open)
      throws SQLException {
    if (wish.breaks().isEmpty() || !open.isEmpty()) {
      return null;
    }
    Members members = BreakRows.linked(connection, wish.reconciliation(), wish.breaks());
    members.left().addAll(wish.left());
    members.right().addAll(wish.right());
    return LinkRows.standing(connection, wish.reconciliation()).stream()
        .filter(link -> link.left().equals(members.left()) && link.right().equals(members.right()))
        .findFirst()
        .orElse(null);
  }

  private static void add(Members to, Members more) {
    to.left().addAll(more.left());
    to.right().addAll(more.right());
  }

  private static HandLink standing(Connection connection, String reconciliation, Members wanted)
      throws SQLException {
    for (HandLink link : LinkRows.standing(connection, reconciliation)) {
      if (link.left().equals(wanted.left()) && link.right().equals(wanted.right())) {
        return link;
      }
      Set<Spot> both = link.all();
      both.retainAll(HandLink.both(wanted.left(), wanted.right()));
      if (!both.isEmpty()) {
        throw new Declined(
            Kind.CONFLICT,
            Wording.of(
                "分录 %s 已在关联 %d 中；请先重新打开它的差异",
                "entry %s is in link %d already; reopen its break first",
                both.iterator().next(),
                link.id()));
      }
    }
    return null;
  }

  private static Map<Long, Members> holding(
      Connection connection, Wish wish, Map<Long, Members> named, Members wanted)
      throws SQLException {
    for (long id : wish.breaks()) {
      if (!named.containsKey(id)) {
        throw new Declined(
            Kind.CONFLICT,
            Wording.of(
                "差异 %d 不是 %s 的未闭合差异",
                "break %d is no open break of %s", id, wish.reconciliation()));
      }
    }
    Set<Spot> spots = HandLink.both(wanted.left(), wanted.right());
    Map<Long, Members> holding =
        new TreeMap<>(BreakRows.holding(connection, wish.reconciliation(), spots));
    Members open = new Members();
    holding.values().forEach(one -> add(open, one));
    List<Spot> strange = new ArrayList<>();
    wanted.left().stream().filter(spot -> !open.left().contains(spot)).forEach(strange::add);
    wanted.right().stream().filter(spot -> !open.right().contains(spot)).forEach(strange::add);
    if (!strange.isEmpty()) {
      throw new Declined(
          Kind.CONFLICT,
          Wording.of(
              "分录 %s 不在 %s 这一方的任何未闭合差异中",
              "entry %s is on this side of no open break of %s",
              strange.get(0),
              wish.reconciliation()));
    }
    return holding;
  }

  private static void check(Members wanted) {
    int entries = wanted.left().size() + wanted.right().size();
    if (wanted.left().isEmpty() || wanted.right().isEmpty() || entries > ENTRIES_MAX) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "关联的左方有 %d 条分录、右方有 %d 条；两方都至少 1 条，合计最多 %d 条",
              "a link has %d entries left and %d right, expected 1 or more of each, %d together at"
                  + " most",
              wanted.left().size(),
              wanted.right().size(),
              ENTRIES_MAX));
    }
  }

  private static List<Long> close(
      Connection connection,
      Person person,
      Map<Long, Members> holding,
      Members wanted,
      long link,
      String why,
      Instant now)
      throws SQLException {
    List<Long> closed = new ArrayList<>();
    for (Map.Entry<Long, Members> one : holding.entrySet()) {
      boolean whole =
          wanted.left().containsAll(one.getValue().left())
              && wanted.right().containsAll(one.getValue().right());
      Break from = BreakRows.lock(connection, one.getKey()).orElseThrow();
      if (whole) {
        BreakRows.move(connection, from, State.LINKED, null, now);
        closed.add(from.id());
      }
      BreakRows.act(
          connection,
          new BreakRows.Act(
              from.id(),
              now,
              person.name(),
              "LINKED",
              why,
              "{\"link\": %d, \"whole\": %b}".formatted(link, whole)));
    }
    Audit.write(
        connection,
        new Audit.Act(
            person.name(),
            "break.linked",
            "link/" + link,
            why,
            "left=%d right=%d breaks=%s"
                .formatted(wanted.left().size(), wanted.right().size(), closed)));
    return closed;
  }

  /** Withdraws the links that hold entries of a break which is opened again. */
  static void undo(Connection connection, Break from, String who, String why, Instant now)
      throws SQLException {
    Members of = BreakRows.linked(connection, from.reconciliation(), List.of(from.id()));
    Set<Spot> spots = HandLink.both(of.left(), of.right());
    for (HandLink link : LinkRows.standing(connection, from.reconciliation())) {
      Set<Spot> both = link.all();
      both.retainAll(spots);
      if (!both.isEmpty()) {
        LinkRows.withdraw(connection, link.id(), who, why, now);
      }
    }
  }
}
