package io.orderbridge.reconciliation;

import io.orderbridge.books.NewestSnapshots;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * The difference rates of months: open breaks that began in it, of what was sold in it. They move
 * until the month is frozen: closing a break lowers them. Thread-safe.
 */
@Singleton
public class Rates {
  /** The definition of what was sold. */
  static final String TURNOVER = "turnover";

  private static final Logger LOG = Logger.getLogger(Rates.class);

  private final Database database;
  private final Definitions definitions;
  private final Reconciliations reconciliations;

  Rates(Database database, Definitions definitions, Reconciliations reconciliations) {
    this.database = database;
    this.definitions = definitions;
    this.reconciliations = reconciliations;
  }

  /**
   * The rates of a month: of all reconciliations together first, by an empty name, then of each; as
   * they were frozen, or as they are now.
   *
   * @throws ReportRefused when nothing says what was sold
   */
  List<Rate> of(YearMonth month) {
    return database.inTransaction(connection -> of(connection, month));
  }

  /**
   * The rate of a month in one currency, over all reconciliations.
   *
   * @param open in minor units, absolute
   * @param turnover in minor units
   * @param byName what is open of each reconciliation
   */
  public record Told(
      String currency,
      BigInteger open,
      BigInteger turnover,
      boolean frozen,
      Map<String, BigInteger> byName) {}

  /** The rates of a month by currency; empty when nothing says what was sold. */
  public List<Told> told(YearMonth month) {
    List<Rate> rates;
    try {
      rates = of(month);
    } catch (ReportRefused e) {
      return List.of();
    }
    return rates.stream()
        .filter(rate -> rate.of().reconciliation().isEmpty())
        .map(rate -> told(rate, rates))
        .toList();
  }

  private static Told told(Rate all, List<Rate> rates) {
    Map<String, BigInteger> byName = new TreeMap<>();
    rates.stream()
        .filter(rate -> !rate.of().reconciliation().isEmpty())
        .filter(rate -> rate.of().currency().equals(all.of().currency()))
        .forEach(rate -> byName.put(rate.of().reconciliation(), rate.open()));
    return new Told(all.of().currency(), all.open(), all.turnover(), all.frozen() != null, byName);
  }

  private List<Rate> of(Connection connection, YearMonth month) throws SQLException {
    List<Rate> frozen = RateRows.frozen(connection, month);
    return frozen.isEmpty() ? now(connection, month) : frozen;
  }

  /**
   * Tells the rates of a month for good. Told again they stay as they are.
   *
   * @throws ReportRefused when the month is not over, or nothing says what was sold
   */
  List<Rate> freeze(YearMonth month, String by, Instant now) {
    Definition turnover = turnover();
    if (!month.isBefore(YearMonth.from(now.atZone(turnover.zone())))) {
      throw new ReportRefused(
          Wording.of("%s 在时区 %s 还没有结束，不能冻结", "month %s is not over in %s", month, turnover.zone()));
    }
    return database.inTransaction(
        connection -> {
          RateRows.lock(connection, month);
          if (RateRows.frozen(connection, month).isEmpty()) {
            RateRows.freeze(connection, now(connection, month), new Rate.Frozen(now, by));
            Audit.write(connection, new Audit.Act(by, "rate.frozen", month.toString(), "", ""));
            LOG.infof("rate.frozen month=%s by=%s", month, by);
          }
          return RateRows.frozen(connection, month);
        });
  }

  private List<Rate> now(Connection connection, YearMonth month) throws SQLException {
    Definition definition = turnover();
    List<Long> snapshots =
        NewestSnapshots.of(connection, soldBy(), month.atDay(1), month.atEndOfMonth()).stream()
            .map(NewestSnapshots.Found::id)
            .toList();
    Map<String, BigInteger> turnover = RateRows.turnover(connection, definition, snapshots);
    Rate.Basis basis = new Rate.Basis(definition.id(), snapshots);
    List<RateRows.Open> open = RateRows.open(connection, month);
    TreeSet<String> currencies = new TreeSet<>(turnover.keySet());
    open.forEach(one -> currencies.add(one.currency()));
    Map<String, List<RateRows.Open>> byName = new TreeMap<>();
    byName.put("", open);
    open.forEach(
        one -> byName.computeIfAbsent(one.reconciliation(), name -> new ArrayList<>()).add(one));
    List<Rate> rates = new ArrayList<>();
    byName.forEach(
        (name, breaks) ->
            currencies.forEach(
                currency ->
                    rates.add(
                        rate(
                            new Rate.Of(month, name, currency),
                            breaks,
                            turnover.getOrDefault(currency, BigInteger.ZERO),
                            basis))));
    return rates;
  }

  private static Rate rate(
      Rate.Of of, List<RateRows.Open> breaks, BigInteger turnover, Rate.Basis basis) {
    List<RateRows.Open> mine =
        breaks.stream().filter(one -> one.currency().equals(of.currency())).toList();
    return new Rate(
        of,
        mine.stream().map(RateRows.Open::amount).reduce(BigInteger.ZERO, BigInteger::add),
        mine.stream().mapToLong(RateRows.Open::breaks).sum(),
        turnover,
        basis,
        null);
  }

  private Definition turnover() {
    return definitions
        .find(TURNOVER)
        .orElseThrow(
            () ->
                new ReportRefused(
                    Wording.of(
                        "没有 mappings/definitions/%s.yaml，无法得知成交金额",
                        "there is no mappings/definitions/%s.yaml, so nothing says what was sold",
                        TURNOVER)));
  }

  private List<String> soldBy() {
    List<String> books =
        reconciliations.all().stream()
            .map(Reconciliations.Loaded::reconciliation)
            .map(Reconciliation::left)
            .filter(side -> TURNOVER.equals(side.counts()))
            .flatMap(side -> side.books().stream())
            .distinct()
            .sorted()
            .toList();
    if (books.isEmpty()) {
      throw new ReportRefused(
          Wording.of(
              "没有任何对账在左方写 counts: %s，因此没有账本说明成交金额",
              "no reconciliation has 'counts: %s' on its left side, so no book says what was sold",
              TURNOVER));
    }
    return books;
  }

  /** In which a month is one. */
  ZoneId zone() {
    return turnover().zone();
  }
}
