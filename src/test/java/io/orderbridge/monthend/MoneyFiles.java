package io.orderbridge.monthend;

import static io.orderbridge.monthend.Paper.amount;
import static io.orderbridge.monthend.Paper.time;
import static io.orderbridge.monthend.Paper.yuan;

import io.orderbridge.monthend.Said.Kind;
import io.orderbridge.monthend.Said.Money;
import io.orderbridge.monthend.Said.State;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The files of a day about money as each platform makes them. */
final class MoneyFiles {
  private static final String ALIPAY =
      "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,"
          + "业务类型,备注,业务基础订单号,业务订单号,业务账单来源,业务描述";
  private static final String JD =
      "订单编号,单据编号,单据类型,商品编号,商户订单号,商品名称,结算状态,费用发生时间,费用计费时间,费用结算时间,费用项,金额,币种,"
          + "商家应收/应付,钱包结算备注,店铺号,京东门店编号,品牌门店编号,门店名称,备注,收支方向";
  private static final String SHOPIFY =
      "Transaction Date,Type,Order,Card Brand,Card Source,Payout Status,Payout Date,Payout ID,"
          + "Available On,Amount,Fee,Net,Checkout,Payment Method Name,Presentment Amount,"
          + "Presentment Currency,Currency,VAT";
  private static final String WECHAT =
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
          + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
          + "手续费,费率,订单金额,申请退款金额,费率备注";
  private static final String AMAZON =
      "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount"
          + "\tcurrency\ttransaction-type\torder-id\tmerchant-order-id\tadjustment-id\tshipment-id"
          + "\tmarketplace-name\tamount-type\tamount-description\tamount\tfulfillment-id"
          + "\tposted-date\tposted-date-time\torder-item-code\tmerchant-order-item-id"
          + "\tmerchant-adjustment-item-id\tsku\tquantity-purchased\tpromotion-id";

  private MoneyFiles() {}

  static byte[] of(Platform platform, LocalDate day, List<Money> rows) {
    return switch (platform) {
      case TAOBAO -> alipay(day, rows);
      case JD -> lines(JD, rows, MoneyFiles::jd).getBytes(Paper.GBK);
      case PINDUODUO -> pinduoduo(day, rows);
      case SHOPIFY -> Paper.utf8(lines(SHOPIFY, rows, MoneyFiles::shopify));
      case MINI_SHOP -> Paper.gzip(Paper.utf8(wechat(rows)));
      case AMAZON -> Paper.utf8(lines(AMAZON, rows, MoneyFiles::amazon));
    };
  }

  /** The lines that say one movement. */
  private interface Row {
    List<String> of(Money row);
  }

  private static String lines(String header, List<Money> rows, Row row) {
    List<String> lines = new ArrayList<>(List.of(header));
    rows.forEach(one -> lines.addAll(row.of(one)));
    return Paper.lines(lines);
  }

  private static byte[] alipay(LocalDate day, List<Money> rows) {
    String name = "20881021225243330156_" + day.toString().replace("-", "") + "_账务明细";
    List<String> lines = new ArrayList<>();
    lines.add("#支付宝账务明细查询");
    lines.add("#账号：[20881021225243330156]");
    lines.add("#起始日期：[%s]   终止日期：[%s]".formatted(day, day.plusDays(1)));
    lines.add("#-----------------------------------------账务明细列表------------------------------");
    lines.add(ALIPAY);
    long balance = 0;
    long in = 0;
    long out = 0;
    int ins = 0;
    int outs = 0;
    for (Money row : rows) {
      long minor = row.kind() == Kind.SALE ? row.minor() : -row.minor();
      balance += minor;
      in += Math.max(0, minor);
      out += Math.min(0, minor);
      ins += minor > 0 ? 1 : 0;
      outs += minor < 0 ? 1 : 0;
      lines.add(flow(row, minor, balance, minor > 0 ? "在线支付" : "交易退款"));
      if (row.fee() > 0) {
        balance -= row.fee();
        out -= row.fee();
        outs++;
        lines.add(flow(row, -row.fee(), balance, "收费"));
      }
    }
    lines.add("#-----------------------------------------账务明细列表结束--------------------------");
    lines.add("#支出合计：%d笔，共%s元".formatted(outs, yuan(out)));
    lines.add("#收入合计：%d笔，共%s元".formatted(ins, yuan(in)));
    lines.add("#导出时间：[%s 09:00:00]".formatted(day.plusDays(1)));
    return Paper.zip(
        List.of(name + "(汇总).csv", name + ".csv"), List.of("#支付宝账务汇总查询\r\n", Paper.lines(lines)));
  }

  private static String flow(Money row, long minor, long balance, String kind) {
    return String.join(
            "\t,",
            "55282715864",
            "2026112022001400000000000001",
            "T200P" + row.number(),
            "示例商品 白",
            time(row.at()),
            "*明(138******00)",
            minor > 0 ? yuan(minor) : "0.00",
            minor < 0 ? yuan(minor) : "0.00",
            yuan(balance),
            "支付宝",
            kind,
            "",
            row.number(),
            row.number(),
            "商户账单",
            "0010001|交易收款")
        + "\t";
  }

  private static List<String> jd(Money row) {
    boolean sale = row.kind() == Kind.SALE;
    List<String> lines = new ArrayList<>();
    lines.add(jd(row, sale ? "订单" : "售后服务单", "货款", sale ? row.minor() : -row.minor()));
    if (row.fee() > 0) {
      lines.add(jd(row, "订单", "佣金", -row.fee()));
    }
    return lines;
  }

  private static String jd(Money row, String paper, String item, long fen) {
    String at = time(row.at());
    return "=\"%s\",=\"%s1\",%s,10001,,示例商品,已结算,%s,%s,%s,%s,%s,%s,%s,,1001,,,,,%s"
        .formatted(
            row.number(),
            row.number(),
            paper,
            at,
            at,
            at,
            item,
            yuan(fen),
            row.currency(),
            fen > 0 ? "应收" : "应付",
            fen > 0 ? "收入" : "支出");
  }

  private static byte[] pinduoduo(LocalDate day, List<Money> rows) {
    List<String> lines = new ArrayList<>();
    lines.add("拼多多店铺账务明细查询");
    lines.add("");
    lines.add("起始时间：%s 00:00:00  终止时间：%s 23:59:59".formatted(day, day));
    lines.add("----------交易记录明细列表---------");
    lines.add("商户订单号,发生时间,收入金额（+元）,支出金额（-元）,账务类型,备注,业务描述");
    for (Money row : rows) {
      String start = row.number() + "\t," + time(row.at()) + ",";
      lines.add(
          row.kind() == Kind.SALE
              ? start + yuan(row.minor()) + ",0,交易收入,-,0010002|交易收入-订单收入"
              : start + "0,-" + yuan(row.minor()) + ",交易退款,-,0020002|交易退款-订单退款");
      if (row.fee() > 0) {
        lines.add(start + "0,-" + yuan(row.fee()) + ",技术服务费,-,0030002|技术服务费-基础技术服务费");
      }
    }
    return Paper.lines(lines).getBytes(Paper.GBK);
  }

  private static List<String> shopify(Money row) {
    boolean sale = row.kind() == Kind.SALE;
    String sign = sale ? "" : "-";
    String amount = amount(row.minor(), row.currency());
    long net = (sale ? row.minor() : -row.minor()) - row.fee();
    String day = row.at().toLocalDate().toString();
    return List.of(
        String.join(
            ",",
            OrderFiles.offset(row.at()),
            sale ? "charge" : "refund",
            row.number(),
            "visa",
            "online",
            "paid",
            day,
            "140769394954",
            day,
            sign + amount,
            amount(row.fee(), row.currency()),
            amount(net, row.currency()),
            "#68683485610367",
            "card",
            amount,
            row.currency(),
            row.currency(),
            "0.00"));
  }

  private static String wechat(List<Money> rows) {
    long sales = sum(rows, Kind.SALE);
    long refunds = sum(rows, Kind.REFUND);
    long asked = rows.stream().filter(MoneyFiles::goesBack).mapToLong(Money::minor).sum();
    long fees = rows.stream().mapToLong(Money::fee).sum();
    List<String> lines = new ArrayList<>(List.of("\uFEFF" + WECHAT));
    rows.forEach(row -> lines.add(wechat(row)));
    lines.add("总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额");
    lines.add(
        "`"
            + String.join(
                ",`",
                String.valueOf(rows.size()),
                yuan(sales),
                yuan(refunds),
                "0.00",
                yuan(fees) + "000",
                yuan(sales),
                yuan(asked)));
    return Paper.lines(lines);
  }

  private static long sum(List<Money> rows, Kind kind) {
    return rows.stream().filter(row -> row.kind() == kind).mapToLong(Money::minor).sum();
  }

  // What was revoked is told like a refund.
  private static boolean goesBack(Money row) {
    return row.kind() == Kind.REFUND || row.state() == State.CANCELLED;
  }

  private static String wechat(Money row) {
    boolean sale = row.kind() == Kind.SALE;
    boolean back = goesBack(row);
    String amount = yuan(row.minor());
    String none = "0.00";
    String state = row.state() == State.CANCELLED ? "REVOKED" : "SUCCESS";
    return "`"
        + String.join(
            ",`",
            time(row.at()),
            "wxd678efh567hg6787",
            "1900000109",
            "",
            "",
            "42000" + row.number(),
            row.number(),
            "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
            "JSAPI",
            sale ? state : "REFUND",
            "CMB_DEBIT",
            "CNY",
            sale ? amount : none,
            none,
            sale ? "0" : "503" + row.number(),
            sale ? "0" : "R" + row.number(),
            sale ? none : amount,
            none,
            back ? "ORIGINAL" : "",
            back ? "SUCCESS" : "",
            "示例商品, 带逗号",
            "",
            yuan(row.fee()) + "000",
            "0.60%",
            sale ? amount : none,
            back ? amount : none,
            "");
  }

  private static List<String> amazon(Money row) {
    boolean sale = row.kind() == Kind.SALE;
    List<String> lines = new ArrayList<>();
    long minor = sale ? row.minor() : -row.minor();
    lines.add(amazon(row, sale ? "Order" : "Refund", "ItemPrice\tPrincipal", minor));
    if (row.fee() > 0) {
      lines.add(amazon(row, "Order", "ItemFees\tCommission", -row.fee()));
    }
    return lines;
  }

  private static String amazon(Money row, String kind, String what, long minor) {
    String day = row.at().toLocalDate().toString();
    String market = row.currency().equals("JPY") ? "Amazon.co.jp" : "Amazon.de";
    return String.join(
        "\t",
        "18906543210",
        "",
        "",
        "",
        "",
        row.currency(),
        kind,
        row.number(),
        "",
        "",
        "",
        market,
        what,
        amount(minor, row.currency()),
        "MFN",
        day,
        time(row.at()),
        "",
        "",
        "",
        "",
        "",
        "");
  }
}
