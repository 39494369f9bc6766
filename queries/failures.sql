-- question: Which runs failed in the last day, why, and where does one look next? Latest first
-- column: failed_at timestamp(3) When the run failed or timed out
-- column: service_type varchar The source: glue_job, glue_crawler, lambda, step_functions
-- column: service_name varchar The job, crawler, function or state machine
-- column: service_request_id varchar The run
-- column: event_type varchar failed or timeout
-- column: error_type varchar Class of the error
-- column: error_message varchar What a person reads first
-- column: console_url varchar The run in the AWS console
-- column: logs_url varchar The logs of the run in the AWS console
-- column: account_id varchar AWS account in which it ran
-- column: region varchar AWS region in which it ran

WITH ranked AS (
  SELECT
    state.*,
    row_number() OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
      ORDER BY
        CASE WHEN event_type = 'retrying' THEN 0 ELSE coalesce(retry_attempts, 0) END DESC,
        date_trunc('second', event_time) DESC,
        CASE
          WHEN event_type IN ('succeeded', 'failed', 'timeout', 'stopped') THEN 2
          WHEN event_type = 'started' THEN 0
          ELSE 1
        END DESC,
        event_time DESC,
        event_id DESC,
        recorded_at DESC
    ) AS place
  FROM state
  WHERE dt >= date_format(current_date - interval '2' day, '%Y-%m-%d')
    AND dt <= date_format(current_date + interval '1' day, '%Y-%m-%d')
)
SELECT
  CAST(event_time AS timestamp(3)) AS failed_at,
  service_type AS service_type,
  service_name AS service_name,
  service_request_id AS service_request_id,
  event_type AS event_type,
  error_type AS error_type,
  error_message AS error_message,
  console_url AS console_url,
  logs_url AS logs_url,
  account_id AS account_id,
  region AS region
FROM ranked
WHERE place = 1
  AND event_type IN ('failed', 'timeout')
  AND NOT coalesce(will_retry, false)
  AND event_time >= CAST(now() AS timestamp) - interval '1' day
ORDER BY failed_at DESC, service_type, service_name, service_request_id
