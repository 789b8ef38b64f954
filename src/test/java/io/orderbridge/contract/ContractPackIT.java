package io.orderbridge.contract;

import io.orderbridge.Product;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract pack: every connector against what its partner may do to it, in one started product.
 * The cells of a connector run one after the other, those of different connectors at the same time.
 * {@code -Dpack.connector=taobao} runs the cells of one connector.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class ContractPackIT {
  @TempDir private static Path folder;

  private final Map<String, ExecutorService> lanes = new ConcurrentHashMap<>();
  private Stage stage;

  Stream<Cell.Running> cells() {
    stage = new Stage(folder);
    List<Cell> cells = new ArrayList<>();
    cells.addAll(new PlatformCells(stage, "taobao", "tmall-one").cells());
    cells.addAll(new PlatformCells(stage, "jd", "jd-one").cells());
    cells.addAll(new PlatformCells(stage, "pinduoduo", "pdd-one").cells());
    cells.addAll(new PlatformCells(stage, "shopify", "demo").cells());
    Push push = new Push(stage.files);
    cells.addAll(
        new PushCells(
                stage,
                "shopify",
                "demo",
                "PAID",
                (number, at) -> push.shopOrder(number, at, "2026-11-20T10:00:05+08:00", "paid"))
            .cells("it signs no time; a repeat is known by its id"));
    cells.addAll(new PushCells(stage, "wechat-pay", "demo", "PAID", push::wechatPay).cells(null));
    cells.addAll(
        new PushCells(stage, "alipay", "demo", "PAID", push::alipay)
            .cells("it tries for 25 hours with one signature"));
    cells.addAll(new PushCells(stage, "stripe", "demo", "PAID", push::stripe).cells(null));
    cells.addAll(new PushCells(stage, "qimen", "own-qimen", "SHIPPED", push::qimen).cells(null));
    cells.addAll(
        new PushCells(stage, "kuaidi100", "own-kuaidi100", "DELIVERED", push::kuaidi100)
            .cells("it signs no time; a repeat is known by its content"));
    cells.addAll(PushCells.more(stage, push));
    cells.addAll(new MoneyCells(stage, "wechat-pay").bills(null));
    cells.addAll(
        new MoneyCells(stage, "alipay").bills("a bill has none; its end line and totals prove it"));
    cells.addAll(new MoneyCells(stage, "stripe").events());
    cells.addAll(backCells(push));
    String only = System.getProperty("pack.connector", "");
    return cells.stream()
        .filter(cell -> only.isEmpty() || only.contains(cell.connector()))
        .map(this::begin)
        .toList()
        .stream();
  }

  private List<Cell> backCells(Push push) {
    List<Cell> cells = new ArrayList<>();
    BackCells kingdee = new BackCells(stage, "kingdee", "save");
    BackCells erpnext = new BackCells(stage, "erpnext", "save");
    BackCells wangdian = new BackCells(stage, "wangdian", "push-orders");
    BackCells qimen = new BackCells(stage, "qimen", "create");
    BackCells kuaidi = new BackCells(stage, "kuaidi100", "subscribe");
    for (BackCells connector : List.of(kingdee, erpnext, wangdian, qimen, kuaidi)) {
      cells.addAll(connector.told());
    }
    for (BackCells connector : List.of(kingdee, erpnext, wangdian)) {
      cells.addAll(connector.read());
    }
    cells.addAll(wangdian.queue());
    cells.addAll(qimen.warehouse(push));
    for (BackCells connector : List.of(kingdee, erpnext, wangdian, qimen, kuaidi)) {
      cells.add(connector.signed());
    }
    cells.addAll(BackCells.unsignedScans(stage));
    return cells;
  }

  private Cell.Running begin(Cell cell) {
    if (cell.none() != null) {
      return new Cell.Running(cell, CompletableFuture.completedFuture(null));
    }
    ExecutorService lane =
        lanes.computeIfAbsent(cell.connector(), any -> Executors.newSingleThreadExecutor());
    return new Cell.Running(cell, CompletableFuture.runAsync(cell.check(), lane));
  }

  @AfterAll
  void stop() {
    lanes.values().forEach(ExecutorService::shutdownNow);
    stage.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  @Tag("R03")
  @Tag("R43")
  @Tag("R50")
  @Tag("R51")
  @Tag("R52")
  @Tag("R53")
  @Tag("R57")
  @Tag("R71")
  @Tag("R72")
  @Tag("R73")
  void the_connector_bears_what_its_partner_does(Cell.Running running) throws Throwable {
    try {
      running.end().join();
    } catch (java.util.concurrent.CompletionException e) {
      throw e.getCause();
    }
  }
}
