package io.orderbridge.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Cause;
import java.util.ArrayList;
import java.util.List;

/** Good and bad results of inbound mappings, as JSON with single quotes. */
final class FactsSamples {
  private static final String ORDER = "'order':{'shop':'demo','number':'1001'}";
  private static final String AT = "'at':'2026-11-20T10:00:00+08:00'";
  private static final String VERSION = "'version':'2026-11-20T10:00:05Z'";
  private static final String LINE = "{'id':'1','quantity':1}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private FactsSamples() {}

  /**
   * A bad sample.
   *
   * @param schema whether a JSON schema can see it; it cannot compare times or count decimals of
   *     currencies
   */
  record Bad(String json, Cause cause, String place, boolean schema) {}

  static Object read(String json) {
    try {
      return JSON.readValue(json.replace('\'', '"'), Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  static List<String> good() {
    return List.of(
        "{" + ORDER + "}",
        "{" + ORDER + ",'facts':[]}",
        "[]",
        "[{" + ORDER + "},{" + ORDER + "}]",
        fact("'milestone':'CREATED'," + AT),
        fact("'milestone':'PACKED'," + AT),
        fact("'milestone':'PACKED'," + AT + ",'parcel':'2','carrier':null,'trackingNo':null"),
        fact("'milestone':'PAID'," + AT + ",'payment':" + money("'id':'4200',", "199.00", "CNY")),
        fact("'milestone':'PAID'," + AT + ",'payment':" + money("'id':'4200',", "199", "JPY")),
        fact("'refund':" + money("'id':'R1','status':'REFUNDED',", "10.00", "CNY") + "," + AT),
        "{" + ORDER + "," + VERSION + ",'raw':'paid'}",
        details("'currency':'CNY','total':'199.00'"),
        details(
            "'currency':'CNY','total':'1','lines':[{'id':'1','sku':'S','title':'T','quantity':"
                + "1000000,'price':'45.00'}],'note':'n','tags':{'buyer':'77'}"),
        receiver("'name':'N','phone':'1','address':{'country':'CN','zip':'1'}"),
        receiver("'email':'a@b.example','buyer':'77','oaid':'1~x'"),
        "{'order':{'shop':'demo','number':'00990071992547409931234567890'}}",
        "{" + ORDER + ",'version':null,'details':null,'receiver':null,'raw':null,'facts':null}");
  }

  static List<Bad> bad() {
    List<Bad> bad = new ArrayList<>();
    bad.addAll(badShapes());
    bad.addAll(badTimes());
    bad.addAll(badMoney());
    return bad;
  }

  private static List<Bad> badShapes() {
    String many = "[" + (LINE + ",").repeat(1000) + LINE + "]";
    return List.of(
        invalid("1", "/"),
        invalid("'text'", "/"),
        invalid("null", "/"),
        invalid("[1]", "/0"),
        invalid("{}", "/order"),
        invalid("{'order':{'shop':'demo'}}", "/order/number"),
        invalid("{'order':{'shop':'','number':'1'}}", "/order/shop"),
        invalid("{'order':{'shop':'demo','number':9007199254740993}}", "/order/number"),
        invalid("{'order':{'shop':'a/b','number':'1'}}", "/order"),
        invalid("{" + ORDER + ",'unknown':1}", "/unknown"),
        invalid("{" + ORDER + ",'a/b~c':1}", "/a~1b~0c"),
        invalid("[{" + ORDER + "},{" + ORDER + ",'facts':{}}]", "/1/facts"),
        invalid(fact("'milestone':'SHIPPED'," + AT), "/facts/0/milestone"),
        invalid(fact(AT), "/facts/0/milestone"),
        invalid(fact("'milestone':'PAID'," + AT + ",'parcel':'1'"), "/facts/0/parcel"),
        invalid(fact("'milestone':'PACKED'," + AT + ",'parcel':1"), "/facts/0/parcel"),
        invalid(fact("'milestone':'PAID'," + AT + ",'x':1"), "/facts/0/x"),
        invalid(
            fact("'refund':" + money("'id':'R','status':'DONE',", "1.00", "CNY") + "," + AT),
            "/facts/0/refund/status"),
        invalid("{" + ORDER + ",'raw':'paid'}", "/version"),
        invalid(details("'currency':'CNY','total':'1.00','lines':" + many), "/details/lines"),
        invalid(line("'id':'1','quantity':0"), "/details/lines/0/quantity"),
        invalid(line("'id':'1','quantity':1000001"), "/details/lines/0/quantity"),
        invalid(line("'id':'1','quantity':1.5"), "/details/lines/0/quantity"),
        invalid(line("'id':'1','quantity':'1'"), "/details/lines/0/quantity"),
        invalid(line("'quantity':1"), "/details/lines/0/id"),
        invalid(details("'currency':'CNY','total':'1','tags':{'a':1}"), "/details/tags/a"),
        invalid(receiver("'mail':'x'"), "/receiver/mail"),
        invalid(receiver("'oaid':1"), "/receiver/oaid"),
        invalid(receiver("'address':{'street':'x'}"), "/receiver/address/street"),
        invalid(
            details("'currency':'CNY','total':'1','note':'" + "x".repeat(4001) + "'"),
            "/details/note"));
  }

  private static List<Bad> badTimes() {
    return List.of(
        invalid(fact("'milestone':'PAID','at':'2026-11-20 10:00'"), "/facts/0/at"),
        invalid(fact("'milestone':'PAID','at':'2026-11-20T10:00:00'"), "/facts/0/at"),
        invalid(fact("'milestone':'PAID','at':1790000000"), "/facts/0/at"),
        invalid(fact("'milestone':'PAID'"), "/facts/0/at"),
        new Bad(
            fact("'milestone':'PAID','at':'1999-12-31T23:59:59Z'"),
            Cause.TIME_IMPLAUSIBLE,
            "/facts/0/at",
            false),
        new Bad(
            fact("'milestone':'PAID','at':'2026-11-22T02:00:01Z'"),
            Cause.TIME_IMPLAUSIBLE,
            "/facts/0/at",
            false),
        new Bad(
            "{" + ORDER + ",'version':'+999999999-12-31T23:59:59Z'}",
            Cause.TIME_IMPLAUSIBLE,
            "/version",
            false));
  }

  private static List<Bad> badMoney() {
    String total = "/details/total";
    return List.of(
        money("-1.00", Cause.MONEY_INVALID, true),
        money("1.001", Cause.MONEY_INVALID, false),
        money("1e3", Cause.MONEY_INVALID, true),
        money("NaN", Cause.MONEY_INVALID, true),
        money("1,00", Cause.MONEY_INVALID, true),
        money("100000000000.01", Cause.MONEY_INVALID, false),
        money("9".repeat(40), Cause.MONEY_INVALID, true),
        money("", Cause.MONEY_INVALID, true),
        new Bad(details("'currency':'CNY','total':1.5"), Cause.MONEY_INVALID, total, true),
        new Bad(details("'currency':'CNY'"), Cause.MONEY_INVALID, total, true),
        new Bad(details("'currency':'JPY','total':'1.5'"), Cause.MONEY_INVALID, total, false),
        new Bad(
            details("'currency':'ZZZ','total':'1'"),
            Cause.CURRENCY_UNKNOWN,
            "/details/currency",
            false),
        new Bad(
            fact("'milestone':'PAID'," + AT + ",'payment':" + money("'id':'4',", "1", "yuan")),
            Cause.CURRENCY_UNKNOWN,
            "/facts/0/payment/currency",
            true));
  }

  private static Bad invalid(String json, String place) {
    return new Bad(json, Cause.FACTS_INVALID, place, true);
  }

  private static Bad money(String amount, Cause cause, boolean schema) {
    return new Bad(
        details("'currency':'CNY','total':'" + amount + "'"), cause, "/details/total", schema);
  }

  private static String fact(String fact) {
    return "{" + ORDER + ",'facts':[{" + fact + "}]}";
  }

  private static String details(String details) {
    return "{" + ORDER + "," + VERSION + ",'details':{" + details + "}}";
  }

  private static String line(String line) {
    return details("'currency':'CNY','total':'1.00','lines':[{" + line + "}]");
  }

  private static String receiver(String receiver) {
    return "{" + ORDER + "," + VERSION + ",'receiver':{" + receiver + "}}";
  }

  private static String money(String before, String amount, String currency) {
    return "{" + before + "'amount':'" + amount + "','currency':'" + currency + "'}";
  }
}
