package io.orderbridge.monthend;

import static io.orderbridge.monthend.Paper.amount;
import static io.orderbridge.monthend.Paper.time;
import static io.orderbridge.monthend.Paper.yuan;

import io.orderbridge.monthend.Said.Item;
import io.orderbridge.monthend.Said.Order;
import io.orderbridge.monthend.Said.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lists of orders of a day as each platform exports them. */
final class OrderFiles {
  private static final String MAIL = "lin.xiaomei@example.com";
  private static final String NAME = "林小梅";
  private static final String PHONE = "13912345678";
  private static final String ADDRESS = "上海市浦东新区示例路99弄7号";

  /** What the lists tell of buyers. */
  static final List<String> PERSONAL = List.of(MAIL, NAME, PHONE, ADDRESS);

  private static final String TAOBAO =
      "\"子订单编号\",\"主订单编号\",\"标题\",\"价格\",\"购买数量\",\"外部系统编号\",\"商品属性\",\"套餐信息\",\"备注\","
          + "\"订单状态\",\"商家编码\",\"支付单号\",\"买家应付货款\",\"买家实际支付金额\",\"退款状态\",\"退款金额\","
          + "\"订单创建时间\",\"订单付款时间\"";
  private static final String JD =
      "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,"
          + "下单帐号,客户姓名,客户地址,联系电话,订单备注,发票类型,发票抬头,发票内容,商家备注,"
          + "商家备注等级（等级1-5为由高到低）,运费金额,付款确认时间,增值税发票,货号,订单完成时间,订单来源,订单渠道,退款金额";
  private static final String PINDUODUO =
      "商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),多多支付立减金额(元),"
          + "用户实付金额(元),商家实收金额(元),商品数量(件),发货时间,确认收货时间,商品id,商品规格,样式ID,"
          + "商家编码-规格维度,商家编码-商品维度,商家备注,售后状态,快递单号,快递公司,订单成交时间";
  private static final String SHOPIFY =
      "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts"
          + " Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount"
          + " Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem"
          + " price,Lineitem sku,Refunded Amount,Id";
  private static final List<Object> AMAZON =
      List.of(
          "amazon-order-id",
          "merchant-order-id",
          "purchase-date",
          "order-status",
          "sales-channel",
          "sku",
          "quantity",
          "currency",
          "item-price",
          "refund-amount");

  private OrderFiles() {}

  static byte[] of(Platform platform, List<Order> orders) {
    return switch (platform) {
      case TAOBAO -> csv(TAOBAO, orders, OrderFiles::taobao).getBytes(Paper.GBK);
      case JD -> csv(JD, orders, OrderFiles::jd).getBytes(Paper.GBK);
      case PINDUODUO -> Paper.utf8("\uFEFF" + csv(PINDUODUO, orders, OrderFiles::pinduoduo));
      case SHOPIFY -> Paper.utf8(csv(SHOPIFY, orders, OrderFiles::shopify));
      case AMAZON -> amazon(orders);
      case MINI_SHOP -> throw new IllegalArgumentException("it answers calls, see MiniShop");
    };
  }

  /** What a list says of one line of an order. */
  private interface Row {
    String of(Order order, int item);
  }

  private static String csv(String header, List<Order> orders, Row row) {
    List<String> lines = new ArrayList<>(List.of(header));
    for (Order order : orders) {
      for (int i = 0; i < order.items().size(); i++) {
        lines.add(row.of(order, i));
      }
    }
    return Paper.lines(lines);
  }

  private static String taobao(Order order, int i) {
    Item item = order.items().get(i);
    long refund = i == 0 ? order.refund() : 0;
    String number = "\"=\"\"%s\"\"\"".formatted(order.number());
    return String.join(
        ",",
        "\"=\"\"%s%d\"\"\"".formatted(order.number(), i + 1),
        number,
        "\"示例商品, %s\"".formatted(item.sku()),
        yuan(item.minor() / item.pieces()),
        String.valueOf(item.pieces()),
        item.sku(),
        "颜色:白",
        "",
        "'null",
        switch (order.state()) {
          case UNPAID -> "等待买家付款";
          case PAID -> "买家已付款，等待卖家发货";
          case CANCELLED -> "交易关闭";
        },
        item.sku(),
        "\"=\"\"2026%s\"\"\"".formatted(order.number()),
        yuan(item.minor()),
        yuan(item.minor()),
        refund == 0 ? "没有申请退款" : "退款成功",
        yuan(refund),
        time(order.ordered()),
        paid(order));
  }

  private static String jd(Order order, int i) {
    Item item = order.items().get(i);
    Map<String, String> cells =
        Map.ofEntries(
            Map.entry("订单号", "=\"" + order.number() + "\""),
            Map.entry("商品名称", "示例商品"),
            Map.entry("订购数量", String.valueOf(item.pieces())),
            Map.entry("支付方式", "在线支付"),
            Map.entry("下单时间", time(order.ordered())),
            Map.entry("京东价", yuan(item.minor() / item.pieces())),
            Map.entry("订单金额", yuan(order.total())),
            Map.entry("结算金额", yuan(order.total())),
            Map.entry("余额支付", "0.00"),
            Map.entry("应付金额", yuan(order.total())),
            Map.entry(
                "订单状态",
                order.state() == State.UNPAID
                    ? "等待付款"
                    : order.state() == State.CANCELLED ? "(删除)等待出库" : "等待出库"),
            Map.entry("客户姓名", NAME),
            Map.entry("客户地址", ADDRESS),
            Map.entry("联系电话", PHONE),
            Map.entry("运费金额", "0.00"),
            Map.entry("付款确认时间", paid(order)),
            Map.entry("货号", item.sku()),
            Map.entry("退款金额", yuan(order.refund())));
    return filled(JD, cells);
  }

  private static String paid(Order order) {
    return order.paid() == null ? "" : time(order.paid());
  }

  private static String filled(String header, Map<String, String> cells) {
    List<String> row = new ArrayList<>();
    for (String column : header.split(",")) {
      row.add(cells.getOrDefault(column, ""));
    }
    return String.join(",", row);
  }

  // It shows what is left of the order; long numbers end with a tab.
  private static String pinduoduo(Order order, int i) {
    Item item = order.items().get(i);
    boolean back = order.refund() > 0;
    Map<String, String> cells =
        Map.ofEntries(
            Map.entry("商品", "示例商品"),
            Map.entry("订单号", (item.pieces() > 1 ? "`" : "") + order.number() + "\t"),
            Map.entry("订单状态", order.paid() == null ? "待支付" : back ? "已发货，退款成功" : "已发货，待收货"),
            Map.entry("商品总价(元)", yuan(order.total())),
            Map.entry("邮费(元)", "0"),
            Map.entry("店铺优惠折扣(元)", "0"),
            Map.entry("平台优惠折扣(元)", "0"),
            Map.entry("多多支付立减金额(元)", "0"),
            Map.entry("用户实付金额(元)", yuan(order.total())),
            Map.entry("商家实收金额(元)", yuan(order.total() - order.refund())),
            Map.entry("商品数量(件)", String.valueOf(item.pieces())),
            Map.entry("商品id", "754299529443\t"),
            Map.entry("商家编码-规格维度", item.sku()),
            Map.entry("售后状态", back ? "退款成功" : "无售后或售后取消"),
            Map.entry("订单成交时间", paid(order)));
    return filled(PINDUODUO, cells);
  }

  // What is of the order as a whole stands in its first row alone.
  private static String shopify(Order order, int i) {
    Item item = order.items().get(i);
    String price = amount(item.minor() / item.pieces(), order.currency());
    String line =
        ",%d,\"Sample, %s\",%s,%s,".formatted(item.pieces(), item.sku(), price, item.sku());
    if (i > 0) {
      return order.number() + ",".repeat(15) + line + ",";
    }
    String total = amount(order.total(), order.currency());
    boolean back = order.refund() > 0;
    return String.join(
            ",",
            order.number(),
            MAIL,
            order.paid() == null
                ? "pending"
                : back
                    ? order.refund() == order.total() ? "refunded" : "partially_refunded"
                    : "paid",
            order.paid() == null ? "" : offset(order.paid()),
            "unfulfilled",
            "",
            "no",
            order.currency(),
            total,
            "0.00",
            "0.00",
            total,
            "",
            "0.00",
            "Standard",
            offset(order.ordered()))
        + line
        + amount(order.refund(), order.currency())
        + ",";
  }

  static String offset(java.time.LocalDateTime at) {
    return time(at) + " +0800";
  }

  private static byte[] amazon(List<Order> orders) {
    List<List<Object>> rows = new ArrayList<>(List.of(AMAZON));
    for (Order order : orders) {
      Item item = order.items().get(0);
      rows.add(
          List.of(
              order.number(),
              "",
              order.paid() == null ? order.ordered() : order.paid(),
              switch (order.state()) {
                case UNPAID -> "Pending";
                case PAID -> "Shipped";
                case CANCELLED -> "Cancelled";
              },
              order.currency().equals("JPY") ? "Amazon.co.jp" : "Amazon.de",
              item.sku(),
              item.pieces(),
              order.currency(),
              new java.math.BigDecimal(amount(item.minor(), order.currency())),
              new java.math.BigDecimal(amount(order.refund(), order.currency()))));
    }
    return Paper.workbook(rows);
  }
}
