-- question: What did the old monitor's table hold? One row per state change, under the names that its users know
-- column: error_message varchar What a person reads first
-- column: event_type varchar started, succeeded, failed, timeout, stopped, retrying, delayed or overdue
-- column: exception_details varchar The whole error text
-- column: retry_attempts varchar Which attempt this was, as text
-- column: service_name varchar The job, crawler, function or state machine
-- column: service_request_id varchar The run, shared by its attempts
-- column: service_type varchar The source: glue_job, glue_crawler, lambda, step_functions
-- column: timestamp timestamp(3) When the service says that it happened, UTC
-- column: exported_on date The day of the event, UTC

SELECT
  error_message AS error_message,
  event_type AS event_type,
  exception_details AS exception_details,
  CAST(retry_attempts AS varchar) AS retry_attempts,
  service_name AS service_name,
  service_request_id AS service_request_id,
  service_type AS service_type,
  CAST(event_time AS timestamp(3)) AS "timestamp",
  CAST(event_time AS date) AS exported_on
FROM (
  SELECT
    state.*,
    row_number() OVER (PARTITION BY event_id ORDER BY recorded_at DESC) AS place
  FROM state
) AS copies
WHERE place = 1
