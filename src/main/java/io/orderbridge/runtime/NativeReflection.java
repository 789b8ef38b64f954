package io.orderbridge.runtime;

import com.fasterxml.jackson.core.JsonParseException;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.Wording;
import io.orderbridge.release.Folders;
import io.orderbridge.store.StoreRefused;
import io.orderbridge.store.StoreUnavailable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.ValidationException;
import org.postgresql.util.PSQLException;

/**
 * What only YAML names: types on whose methods the simple language is called, exceptions that
 * routes may catch, and JSONata's own functions. A native image holds nothing else that nobody in
 * Java refers to; without these a route is refused or, worse, fails past Camel's error handling.
 */
@RegisterForReflection(
    targets = {
      List.class,
      Map.class,
      ArrayList.class,
      HashMap.class,
      LinkedHashMap.class,
      String.class,
      Integer.class,
      Long.class,
      com.dashjoin.jsonata.Functions.class,
      // What the answers about files hold.
      FileProblem.class,
      Wording.class,
      Folders.Refused.class,
      Refusal.class,
      StoreRefused.class,
      StoreUnavailable.class,
      PSQLException.class,
      SQLException.class,
      RejectedExecutionException.class,
      JsonParseException.class,
      ValidationException.class
    },
    classNames = "org.apache.hc.client5.http.HttpHostConnectException")
final class NativeReflection {
  private NativeReflection() {}
}
