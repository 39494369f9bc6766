-- question: Which runs began in the last 30 days and have not ended? Longest first
-- column: service_type varchar The source: glue_job, glue_crawler, lambda, step_functions
-- column: service_name varchar The job, crawler, function or state machine
-- column: service_request_id varchar The run
-- column: event_type varchar started, retrying, delayed or overdue
-- column: started_at timestamp(3) When it began, or the first that we saw of it
-- column: running_ms bigint How long ago that is, milliseconds
-- column: last_event_time timestamp(3) Time of the last state change that we saw
-- column: console_url varchar The run in the AWS console
-- column: account_id varchar AWS account in which it runs
-- column: region varchar AWS region in which it runs

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
    ) AS place,
    min(coalesce(started_at, event_time)) OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
    ) AS run_began_at,
    max(event_time) OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id
    ) AS last_seen_at
  FROM state
  WHERE dt >= date_format(current_date - interval '31' day, '%Y-%m-%d')
    AND dt <= date_format(current_date + interval '1' day, '%Y-%m-%d')
),
decided AS (
  SELECT
    ranked.*,
    CASE WHEN event_type IN ('failed', 'timeout') AND will_retry THEN 'retrying' ELSE event_type END AS verdict
  FROM ranked
  WHERE place = 1
    AND event_time >= CAST(now() AS timestamp) - interval '30' day
)
SELECT
  service_type AS service_type,
  service_name AS service_name,
  service_request_id AS service_request_id,
  verdict AS event_type,
  CAST(run_began_at AS timestamp(3)) AS started_at,
  CAST(date_diff('millisecond', run_began_at, CAST(now() AS timestamp)) AS bigint) AS running_ms,
  CAST(last_seen_at AS timestamp(3)) AS last_event_time,
  console_url AS console_url,
  account_id AS account_id,
  region AS region
FROM decided
WHERE verdict NOT IN ('succeeded', 'failed', 'timeout', 'stopped')
ORDER BY running_ms DESC, service_type, service_name, service_request_id
