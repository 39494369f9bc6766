import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** Answers each line {pattern, events} with {error, matches}: why the pattern is refused, else which events it takes. */
public final class RuleEngine {
  private static final ObjectMapper json = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      answers.println(json.writeValueAsString(answer(json.readTree(line))));
    }
    answers.flush();
  }

  private static ObjectNode answer(JsonNode question) {
    ObjectNode answer = json.createObjectNode();
    String pattern = question.get("pattern").asText();
    Machine machine = new Machine();
    try {
      String problem = JsonRuleCompiler.check(pattern);
      if (problem != null) return answer.put("error", problem);
      machine.addRule("rule", pattern);
    } catch (Exception | StackOverflowError problem) {
      return answer.put("error", problem.toString());
    }
    ArrayNode matches = answer.putNull("error").putArray("matches");
    for (JsonNode event : question.get("events")) {
      matches.add(matches(machine, event.asText()));
    }
    return answer;
  }

  /** What is no JSON object is no event, so no rule takes it. */
  private static boolean matches(Machine machine, String event) {
    try {
      return !machine.rulesForJSONEvent(event).isEmpty();
    } catch (Exception noEvent) {
      return false;
    }
  }
}
