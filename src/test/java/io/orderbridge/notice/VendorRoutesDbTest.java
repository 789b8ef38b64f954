package io.orderbridge.notice;

import static io.orderbridge.notice.VendorStage.form;
import static io.orderbridge.notice.VendorStage.json;
import static io.orderbridge.notice.VendorStage.message;
import static io.orderbridge.notice.VendorStage.told;
import static io.orderbridge.notice.VendorStage.vendor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Counterpart;
import io.orderbridge.Counterpart.Reply;
import io.orderbridge.alert.MailServer;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped routes of the vendors send one message and understand what is told of it. */
@Tag("R19")
@Tag("R22")
@Tag("R75")
@Timeout(60)
class VendorRoutesDbTest {
  private static final int KEY_BITS = 2048;

  @TempDir java.nio.file.Path folder;

  private VendorStage stage;

  @BeforeEach
  void begin() {
    stage = new VendorStage(folder);
  }

  @AfterEach
  void end() {
    stage.close();
  }

  private void set(String... variables) {
    for (int i = 0; i < variables.length; i += 2) {
      stage.environment.put(variables[i], variables[i + 1]);
    }
  }

  private static Cause refused(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(Refusal.class);
    return ((Refusal) exchange.getException()).why();
  }

  private void aliyun() throws IOException {
    set("ALIYUN_SMS_KEY", "k", "ALIYUN_SMS_SECRET", "s3cr3t");
    set("ALIYUN_SMS_RECEIPT_SECRET", "hush");
    stage.start("aliyun-sms");
  }

  @Test
  void aliyun_gets_everything_in_a_signed_query_and_names_the_message() throws IOException {
    aliyun();
    stage.vendor.answers(Reply.json(200, "{\"Code\":\"OK\",\"BizId\":\"900^0\"}"));

    Exchange sent = stage.give("notices:aliyun-sms", message());

    assertThat(told(sent)).isEqualTo(json("{\"ref\":\"900^0\"}"));
    Counterpart.Request asked = stage.asked(0);
    assertThat(asked.body()).isEmpty();
    assertThat(form(asked.path().substring(2)))
        .containsEntry("PhoneNumbers", "13800138000")
        .containsEntry("SignName", "店铺名")
        .containsEntry("TemplateCode", "T1")
        .containsEntry("TemplateParam", "{\"thing1\":\"王女士\",\"character_string2\":\"SF123\"}")
        .containsEntry("OutId", "N123");
    assertThat(asked.headers()).containsEntry("x-acs-action", "SendSms");
    assertThat(
            stage.fits(
                asked,
                "scheme",
                "aliyun-acs3",
                "key",
                "k",
                "secret",
                "s3cr3t",
                "action",
                "SendSms",
                "version",
                "2017-05-25"))
        .isTrue();
  }

  @Test
  void a_code_inside_a_200_is_a_refusal_with_its_cause() throws IOException {
    aliyun();
    for (Map.Entry<String, Cause> code :
        Map.of(
                "isv.MOBILE_NUMBER_ILLEGAL", Cause.NUMBER_INVALID,
                "isv.SMS_TEMPLATE_ILLEGAL", Cause.TEMPLATE_INVALID,
                "isv.AMOUNT_NOT_ENOUGH", Cause.CHANNEL_QUOTA,
                "SignatureDoesNotMatch", Cause.CHANNEL_AUTH_EXPIRED,
                "isv.BUSINESS_LIMIT_CONTROL", Cause.TARGET_REFUSED)
            .entrySet()) {
      stage.vendor.answers(Reply.json(200, "{\"Code\":\"" + code.getKey() + "\"}"));

      assertThat(refused(stage.give("notices:aliyun-sms", message()))).isEqualTo(code.getValue());
    }
    stage.vendor.answers(Reply.json(200, "{\"Code\":\"isp.SYSTEM_ERROR\"}"));
    assertThat(stage.give("notices:aliyun-sms", message()).getException())
        .isInstanceOf(TryLater.class);
  }

  @Test
  void in_doubt_aliyun_is_asked_by_our_id_and_its_receipts_are_told_on() throws IOException {
    aliyun();
    stage.vendor.answers(
        Reply.json(
            200,
            "{\"Code\":\"OK\",\"SmsSendDetailDTOs\":{\"SmsSendDetailDTO\":["
                + "{\"OutId\":\"N122\",\"SendStatus\":2},"
                + "{\"OutId\":\"N123\",\"SendStatus\":3}]}}"));

    assertThat(told(stage.give("direct:aliyun-sms-notice-query", message())))
        .isEqualTo(json("{\"state\":\"DELIVERED\"}"));
    assertThat(form(stage.asked(0).path().substring(2))).containsEntry("SendDate", "20261120");

    stage.give(
        "inbox:aliyun-sms",
        "[{\"report_time\":\"2026-11-20 18:00:09\",\"success\":false,\"err_code\":"
            + "\"MOBILE_IN_BLACK\",\"biz_id\":\"900^0\",\"out_id\":\"N123\"}]");
    assertThat(stage.receipt(0).path("state").asText()).isEqualTo("FAILED");
    assertThat(stage.receipt(0).path("cause").asText()).isEqualTo("USER_BLOCKED");
    assertThat(stage.receipt(0).path("ref").asText()).isEqualTo("900^0");
  }

  @Test
  void tencent_gets_a_signed_body_and_each_code_is_looked_at() throws IOException {
    set("TENCENT_SMS_KEY", "k", "TENCENT_SMS_SECRET", "s3cr3t", "TENCENT_SMS_APP_ID", "1400");
    set("TENCENT_SMS_RECEIPT_SECRET", "hush");
    stage.start("tencent-sms");
    stage.vendor.answers(
        Reply.json(
            200, "{\"Response\":{\"SendStatusSet\":[{\"SerialNo\":\"5000:1\",\"Code\":\"Ok\"}]}}"));
    Map<String, Object> message = message("vendor", vendor("449739", "2", "SF123", "1", "王女士"));

    assertThat(told(stage.give("notices:tencent-sms", message)).path("ref").asText())
        .isEqualTo("5000:1");

    Counterpart.Request asked = stage.asked(0);
    JsonNode body = json(asked.body());
    assertThat(body.path("TemplateParamSet")).isEqualTo(json("[\"王女士\",\"SF123\"]"));
    assertThat(body.path("PhoneNumberSet")).isEqualTo(json("[\"+8613800138000\"]"));
    assertThat(body.path("SmsSdkAppId").asText()).isEqualTo("1400");
    assertThat(body.path("SessionContext").asText()).isEqualTo("N123");
    String[] signer = {"scheme", "tencent-tc3", "key", "k", "secret", "s3cr3t", "service", "sms"};
    assertThat(stage.fits(asked, signer)).isTrue();

    stage.vendor.answers(
        Reply.json(
            200,
            "{\"Response\":{\"SendStatusSet\":[{\"SerialNo\":\"\",\"Code\":"
                + "\"FailedOperation.PhoneNumberInBlacklist\"}]}}"));
    assertThat(refused(stage.give("notices:tencent-sms", message))).isEqualTo(Cause.USER_BLOCKED);
  }

  @Test
  void tencent_hands_out_receipts_and_is_not_asked_to_forget_them() throws IOException {
    set("TENCENT_SMS_KEY", "k", "TENCENT_SMS_SECRET", "s3cr3t", "TENCENT_SMS_APP_ID", "1400");
    set("TENCENT_SMS_RECEIPT_SECRET", "hush");
    stage.start("tencent-sms");
    String status =
        "{\"UserReceiveTime\":1795168809,\"SerialNo\":\"5000:1\",\"ReportStatus\":\"SUCCESS\","
            + "\"Description\":\"DELIVRD\",\"SessionContext\":\"N123\"}";
    stage.vendor.answers(
        Reply.json(
            200, "{\"Response\":{\"RequestId\":\"r\",\"PullSmsSendStatusSet\":[" + status + "]}}"));

    stage.give("windows:tencent-sms/receipts", Map.of("page", 1, "size", 100));
    stage.give("inbox:tencent-sms/pulled", status);

    assertThat(stage.asked(0).headers()).containsEntry("x-tc-action", "PullSmsSendStatus");
    assertThat(stage.receipt(0).path("state").asText()).isEqualTo("DELIVERED");
    assertThat(stage.receipt(0).path("id").asText()).isEqualTo("N123");
    assertThat(told(stage.give("direct:tencent-sms-notice-query", message())))
        .isEqualTo(json("{\"state\":\"DELIVERED\",\"ref\":\"5000:1\"}"));
  }

  private void wechat() throws IOException {
    set("WECHAT_MP_APP_ID", "wx1", "WECHAT_MP_SECRET", "s3cr3t", "WECHAT_MP_TOKEN", "t");
    stage.start("wechat-mp");
  }

  @Test
  void wechat_gives_one_token_for_all_messages_and_a_new_one_when_it_is_over() throws IOException {
    wechat();
    stage.vendor.answers(
        asked ->
            asked.path().contains("stable_token")
                ? Reply.json(
                    200,
                    "{\"access_token\":\"a%d\",\"expires_in\":7200}"
                        .formatted(tokensAsked().size()))
                : asked.path().endsWith("=a1") && stage.vendor.requests().size() > 3
                    ? Reply.json(200, "{\"errcode\":42001,\"errmsg\":\"expired\"}")
                    : Reply.json(200, "{\"errcode\":0,\"msgid\":200000000000001}"));
    Map<String, Object> message = message("to", "oABCD");

    for (int i = 0; i < 3; i++) {
      assertThat(told(stage.give("notices:wechat-mp", message)).path("ref").asText())
          .isEqualTo("200000000000001");
    }

    assertThat(tokensAsked()).hasSize(2);
    assertThat(json(tokensAsked().get(0).body()).path("force_refresh").asBoolean()).isFalse();
    Counterpart.Request last = stage.asked(stage.vendor.requests().size() - 1);
    assertThat(last.path()).isEqualTo("/cgi-bin/message/template/send?access_token=a2");
    assertThat(json(last.body()).path("client_msg_id").asText()).isEqualTo("N123");
    assertThat(json(last.body()).at("/data/thing1/value").asText()).isEqualTo("王女士");
  }

  private List<Counterpart.Request> tokensAsked() {
    return stage.vendor.requests().stream()
        .filter(asked -> asked.path().contains("stable_token"))
        .toList();
  }

  @Test
  void who_does_not_follow_is_blocked_and_the_event_tells_the_end() throws IOException {
    wechat();
    stage.vendor.answers(
        asked ->
            asked.path().contains("stable_token")
                ? Reply.json(200, "{\"access_token\":\"a\",\"expires_in\":7200}")
                : Reply.json(200, "{\"errcode\":43004,\"errmsg\":\"require subscribe\"}"));

    assertThat(refused(stage.give("notices:wechat-mp", message("to", "oABCD"))))
        .isEqualTo(Cause.USER_BLOCKED);

    stage.give("inbox:wechat-mp", "<xml><Event>subscribe</Event></xml>");
    stage.give(
        "inbox:wechat-mp",
        "<xml><CreateTime>1795168809</CreateTime><Event>TEMPLATESENDJOBFINISH</Event>"
            + "<MsgID>200000000000001</MsgID><Status>success</Status></xml>");
    assertThat(stage.receipts).hasSize(2);
    assertThat(stage.receipts.get(0)).isEqualTo(List.of());
    assertThat(((Map<?, ?>) stage.receipts.get(1)).get("state")).isEqualTo("DELIVERED");
  }

  @Test
  void jpush_gets_one_device_under_our_id_and_is_asked_what_arrived() throws IOException {
    set("JPUSH_KEY", "k", "JPUSH_SECRET", "s3cr3t", "JPUSH_REPORT_URL", stage.vendor.url());
    stage.start("jpush");
    stage.vendor.answers(
        asked ->
            asked.path().startsWith("/v3/received")
                ? Reply.json(200, "[{\"msg_id\":\"1\",\"jpush_received\":1},{\"msg_id\":\"2\"}]")
                : Reply.json(200, "{\"sendno\":\"0\",\"msg_id\":\"1\"}"));

    assertThat(told(stage.give("notices:jpush", message("to", "r1"))))
        .isEqualTo(json("{\"ref\":\"1\"}"));
    stage.give(
        "direct:jpush-notice-receipts",
        Map.of("refs", List.of("1", "2"), "at", "2026-11-20T18:00:00Z"));

    assertThat(json(stage.asked(0).body()).path("cid").asText()).isEqualTo("N123");
    assertThat(json(stage.asked(0).body()).at("/audience/registration_id"))
        .isEqualTo(json("[\"r1\"]"));
    assertThat(stage.fits(stage.asked(0), "scheme", "jpush-basic", "key", "k", "secret", "s3cr3t"))
        .isTrue();
    assertThat(stage.asked(1).path()).isEqualTo("/v3/received/detail?msg_ids=1%2C2");
    assertThat((List<?>) stage.receipts.get(0)).hasSize(1);
    assertThat(stage.receipt(0).path("ref").asText()).isEqualTo("1");
    stage.vendor.answers(Reply.json(400, "{\"error\":{\"code\":1011,\"message\":\"m\"}}"));
    assertThat(refused(stage.give("notices:jpush", message("to", "gone"))))
        .isEqualTo(Cause.NUMBER_INVALID);
  }

  @Test
  void fcm_gets_a_token_by_an_assertion_and_drops_devices_that_are_gone()
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
    set("FCM_PRIVATE_KEY", Base64.getEncoder().encodeToString(key), "FCM_PROJECT", "p");
    set("FCM_CLIENT_EMAIL", "push@p.example", "FCM_TOKEN_URL", stage.vendor.url() + "/token");
    stage.start("fcm");
    stage.vendor.answers(
        asked ->
            asked.path().equals("/token")
                ? Reply.json(200, "{\"access_token\":\"ya29\",\"expires_in\":3599}")
                : Reply.json(200, "{\"name\":\"projects/p/messages/0:1\"}"));

    assertThat(told(stage.give("notices:fcm", message("to", "d1"))).path("ref").asText())
        .isEqualTo("projects/p/messages/0:1");

    assertThat(form(stage.asked(0).body()))
        .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
        .containsKey("assertion");
    assertThat(stage.asked(1).path()).isEqualTo("/v1/projects/p/messages:send");
    assertThat(stage.asked(1).headers()).containsEntry("authorization", "Bearer ya29");
    assertThat(json(stage.asked(1).body()).at("/message/token").asText()).isEqualTo("d1");
    stage.vendor.answers(
        Reply.json(
            404,
            "{\"error\":{\"code\":404,\"status\":\"NOT_FOUND\",\"details\":[{\"errorCode\":"
                + "\"UNREGISTERED\"}]}}"));
    assertThat(refused(stage.give("notices:fcm", message("to", "d1"))))
        .isEqualTo(Cause.NUMBER_INVALID);
  }

  @Test
  void a_buyer_of_taobao_is_written_to_without_a_number() throws IOException {
    set("TAOBAO_SMS_APP_KEY", "k", "TAOBAO_SMS_APP_SECRET", "s", "TAOBAO_SMS_SESSION", "se");
    set("TAOBAO_SMS_METHOD", "the.method");
    stage.start("taobao-sms");
    stage.vendor.answers(Reply.json(200, "{\"the_method_response\":{\"request_id\":\"r\"}}"));

    assertThat(told(stage.give("notices:taobao-sms", message("to", "1~oaid"))))
        .isEqualTo(json("{}"));

    assertThat(form(stage.asked(0).body()))
        .containsEntry("method", "the.method")
        .containsEntry("oaid", "1~oaid")
        .containsEntry("session", "se")
        .containsEntry("tid", "8209");
  }

  @Test
  void a_notice_by_mail_goes_to_the_customer_alone() throws IOException {
    try (MailServer mail = new MailServer()) {
      set("MAIL_SERVER", mail.server(), "MAIL_USER", "x", "MAIL_PASSWORD", "x");
      set("MAIL_FROM", "orders@example.com", "MAIL_TO", "ops@example.com");
      stage.start("mail", "mail-notices.camel.yaml", "smtps:", "smtp:");

      Exchange sent = stage.give("notices:mail", message("to", "wang@example.com"));

      assertThat(told(sent)).isEqualTo(json("{}"));
      assertThat(mail.mails()).hasSize(1);
      assertThat(mail.mails().get(0).to()).containsExactly("wang@example.com");
      assertThat(refused(stage.give("notices:mail", message("to", "a@b.example,c@d.example"))))
          .isEqualTo(Cause.MAPPING_FAILED);
    }
  }
}
