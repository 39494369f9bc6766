-- question: How long do tasks stay broken? Outages of the last 30 days: a first failure until the next success; slowest first
-- column: service_type varchar The source: glue_job, glue_crawler, lambda, step_functions
-- column: service_name varchar The job, crawler, function or state machine
-- column: account_id varchar AWS account in which it runs
-- column: region varchar AWS region in which it runs
-- column: failures bigint Runs that failed or timed out
-- column: outages bigint Unbroken rows of such runs
-- column: recovered bigint Outages that a success ended
-- column: mean_time_to_recovery_ms bigint Mean time from an outage's first failure to the success that ended it, milliseconds
-- column: worst_time_to_recovery_ms bigint The longest such time, milliseconds
-- column: failing_since timestamp(3) First failure of the outage that no success has ended yet; null when there is none

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
  WHERE dt >= date_format(current_date - interval '31' day, '%Y-%m-%d')
    AND dt <= date_format(current_date + interval '1' day, '%Y-%m-%d')
),
decided AS (
  SELECT
    account_id,
    region,
    service_type,
    service_name,
    service_request_id,
    event_time,
    CASE WHEN event_type IN ('failed', 'timeout') AND will_retry THEN 'retrying' ELSE event_type END AS verdict
  FROM ranked
  WHERE place = 1
    AND event_time >= CAST(now() AS timestamp) - interval '30' day
),
sequence AS (
  SELECT
    decided.*,
    lag(verdict) OVER (
      PARTITION BY account_id, region, service_type, service_name ORDER BY event_time, service_request_id
    ) AS verdict_before,
    min(CASE WHEN verdict = 'succeeded' THEN event_time END) OVER (
      PARTITION BY account_id, region, service_type, service_name ORDER BY event_time, service_request_id
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_success_time
  FROM decided
  WHERE verdict IN ('succeeded', 'failed', 'timeout')
),
failure AS (
  SELECT
    sequence.*,
    coalesce(verdict_before, 'succeeded') = 'succeeded' AS opens,
    date_diff('millisecond', event_time, next_success_time) AS down_ms
  FROM sequence
  WHERE verdict IN ('failed', 'timeout')
)
SELECT
  service_type AS service_type,
  service_name AS service_name,
  account_id AS account_id,
  region AS region,
  CAST(count(*) AS bigint) AS failures,
  CAST(count(CASE WHEN opens THEN 1 END) AS bigint) AS outages,
  CAST(count(CASE WHEN opens THEN next_success_time END) AS bigint) AS recovered,
  CAST(round(avg(CASE WHEN opens THEN down_ms END)) AS bigint) AS mean_time_to_recovery_ms,
  CAST(max(CASE WHEN opens THEN down_ms END) AS bigint) AS worst_time_to_recovery_ms,
  CAST(max(CASE WHEN opens AND next_success_time IS NULL THEN event_time END) AS timestamp(3)) AS failing_since
FROM failure
GROUP BY account_id, region, service_type, service_name
ORDER BY mean_time_to_recovery_ms DESC NULLS LAST, failures DESC, service_type, service_name, account_id, region
