package io.orderbridge.repair;

import io.orderbridge.kernel.Declined;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How the API answers about repairs; what was answered under a key is answered again. */
@Singleton
class Answers {
  private static final String STATUS = "status";
  private static final String BODY = "body";

  private final Database database;

  Answers(Database database) {
    this.database = database;
  }

  /** Does what is asked; what is declined is answered with its status and what is allowed. */
  static Response to(Supplier<Response> doing) {
    try {
      return doing.get();
    } catch (Declined declined) {
      return of(declined.status(), declined.body());
    }
  }

  static Response of(int status, Map<String, Object> body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }

  /** Answers, and keeps the answer for who asks under the same key again. */
  Response kept(long id, int status, Map<String, Object> body) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(STATUS, status);
    answer.put(BODY, body);
    database.run(connection -> RepairTables.answered(connection, id, Json.text(answer)));
    return of(status, body);
  }

  /** The answer that was kept. */
  @SuppressWarnings("unchecked")
  static Response again(String answer) {
    Map<String, Object> kept = Json.object(answer);
    return of((int) kept.get(STATUS), (Map<String, Object>) kept.get(BODY));
  }
}
