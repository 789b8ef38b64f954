package io.orderbridge.repair;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Repairs as the API shows them. */
@Singleton
public class RepairView {
  private final Database database;

  RepairView(Database database) {
    this.database = database;
  }

  /**
   * What repairs did to an order or are about to do, the newest first: repair, action, state,
   * before, after, why, targets.
   */
  public List<Map<String, Object>> of(OrderKey order, int max) {
    return database.inTransaction(
        connection -> {
          List<Map<String, Object>> views = new ArrayList<>();
          for (RepairItem item : ItemTables.of(connection, order, max)) {
            Repair repair = RepairTables.find(connection, item.repair(), "").orElseThrow();
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("repair", repair.id());
            view.put("action", repair.wish().action());
            view.put("repairState", repair.state().name());
            view.put("proposed", proposed(repair));
            view.put("reason", item.fields().getOrDefault("reason", repair.wish().reason()));
            view.putAll(item(item));
            views.add(view);
          }
          return views;
        });
  }

  /**
   * Repairs without their orders, the newest first.
   *
   * @param state name of a state; null for any
   * @param before only those with a lower number; null from the newest on
   */
  public List<Map<String, Object>> list(String state, Long before, int max) {
    return database.inTransaction(
        connection ->
            RepairTables.list(connection, state, before, max).stream()
                .map(RepairView::repair)
                .toList());
  }

  /**
   * A repair with its summary and a page of its orders; empty when there is none.
   *
   * @param state of the orders; null for any
   * @param after only orders with a higher item; 0 from the first on
   */
  public Optional<Map<String, Object>> find(long id, String state, int after, int max) {
    return database.inTransaction(
        connection -> {
          Optional<Repair> repair = RepairTables.find(connection, id, "");
          return repair.isEmpty()
              ? Optional.empty()
              : Optional.of(view(connection, repair.get(), state, after, max));
        });
  }

  private static Map<String, Object> view(
      Connection connection, Repair repair, String state, int after, int max) throws SQLException {
    Map<String, Object> view = repair(repair);
    view.put("summary", ItemTables.counts(connection, repair.id()));
    view.put("owed", ItemTables.owed(connection, repair.id()));
    List<RepairItem> items = ItemTables.items(connection, repair.id(), state, after, max);
    view.put("items", items.stream().map(RepairView::item).toList());
    if (items.size() == max) {
      view.put("after", items.get(max - 1).item());
    }
    return view;
  }

  private static Map<String, Object> repair(Repair repair) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", repair.id());
    view.put("action", repair.wish().action());
    view.put("state", repair.state().name());
    view.put("options", repair.options());
    view.put("override", repair.wish().override());
    view.put("reason", repair.wish().reason());
    view.put("proposed", proposed(repair));
    view.put("approval", told(repair.second().en()));
    view.put("approvalZh", told(repair.second().zh()));
    view.put("decided", act(repair.decided()));
    view.put("begun", act(repair.begun()));
    view.put("endedAt", repair.endedAt() == null ? null : repair.endedAt().toString());
    view.put("undoOf", repair.undoOf());
    view.put("source", repair.source().isEmpty() ? null : repair.source());
    view.put("orders", repair.orders());
    view.put("changes", repair.changes());
    view.values().removeIf(java.util.Objects::isNull);
    return view;
  }

  private static Map<String, Object> proposed(Repair repair) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("by", repair.wish().by());
    view.put("at", repair.wish().at().toString());
    if (!repair.role().isEmpty()) {
      view.put("role", repair.role());
    }
    return view;
  }

  private static Map<String, Object> act(Repair.Act act) {
    return act == null ? null : Map.of("by", act.by(), "at", act.at().toString());
  }

  private static String told(String text) {
    return text.isEmpty() ? null : text;
  }

  /** One order of a repair. */
  static Map<String, Object> item(RepairItem item) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("item", item.item());
    view.put("order", Map.of("shop", item.order().shop(), "number", item.order().number()));
    view.put("state", item.state().name());
    view.put("before", item.before());
    view.put("after", item.after());
    view.put("why", told(item.why().en()));
    view.put("whyZh", told(item.why().zh()));
    view.put("reason", item.fields().get("reason"));
    view.put("amount", item.amount() == null ? null : item.amount().toDecimal());
    view.put("currency", item.amount() == null ? null : item.amount().currency().getCurrencyCode());
    view.put("owed", item.owed());
    view.put("appliedAt", item.appliedAt() == null ? null : item.appliedAt().toString());
    view.put("settledAt", item.settledAt() == null ? null : item.settledAt().toString());
    view.put("targets", item.targets().stream().map(Shown::json).toList());
    view.values().removeIf(java.util.Objects::isNull);
    return view;
  }
}
