package io.orderbridge.runtime;

import io.orderbridge.store.StoreUnavailable;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** What {@code /api} answers while the database is away: the caller's clock acts, not a person. */
@Provider
class ApiErrors implements ExceptionMapper<StoreUnavailable> {
  private static final int RETRY_AFTER_SECONDS = 5;

  @Override
  public Response toResponse(StoreUnavailable away) {
    return Response.status(Response.Status.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("error", "the database is away; ask again in a few seconds"))
        .build();
  }
}
