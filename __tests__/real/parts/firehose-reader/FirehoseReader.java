import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.serde2.objectinspector.PrimitiveObjectInspector;
import org.apache.hadoop.hive.serde2.objectinspector.StructField;
import org.apache.hadoop.hive.serde2.objectinspector.StructObjectInspector;
import org.apache.hadoop.hive.serde2.objectinspector.primitive.TimestampObjectInspector;
import org.apache.hadoop.io.Text;
import org.openx.data.jsonserde.JsonSerDe;

/**
 * Reads documents, one in Base64 a line, with the properties of the SerDe in its arguments (name=value). Answers each with
 * its columns, `-` for null, else the value's text in Base64 after a dot; or with `!` and the error's text in Base64.
 */
public final class FirehoseReader {
  public static void main(String[] args) throws Exception {
    Properties properties = new Properties();
    for (String argument : args) {
      String[] pair = argument.split("=", 2);
      properties.setProperty(pair[0], pair[1]);
    }
    JsonSerDe serde = new JsonSerDe();
    serde.initialize(new Configuration(false), properties);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    PrintStream answers = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(read(serde, Base64.getDecoder().decode(line)));
    }
    answers.flush();
  }

  private static String read(JsonSerDe serde, byte[] document) {
    try {
      Object row = serde.deserialize(new Text(document));
      StructObjectInspector columns = (StructObjectInspector) serde.getObjectInspector();
      StringBuilder answer = new StringBuilder();
      // Each column is parsed only when it is read.
      for (StructField column : columns.getAllStructFieldRefs()) {
        Object value = row == null ? null : columns.getStructFieldData(row, column);
        answer.append(value == null ? "-" : "." + encoded(textOf(value, column))).append(' ');
      }
      return answer.toString().trim();
    } catch (Throwable problem) {
      return "!" + encoded(problem.getClass().getSimpleName() + ": " + problem.getMessage());
    }
  }

  /** Of a time, milliseconds since the epoch. */
  private static String textOf(Object value, StructField column) {
    PrimitiveObjectInspector inspector = (PrimitiveObjectInspector) column.getFieldObjectInspector();
    if (inspector instanceof TimestampObjectInspector) {
      return Long.toString(((TimestampObjectInspector) inspector).getPrimitiveJavaObject(value).toEpochMilli());
    }
    return String.valueOf(inspector.getPrimitiveJavaObject(value));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
