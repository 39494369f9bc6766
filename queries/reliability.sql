-- question: Which tasks failed most in the last 7 days? Worst first
-- column: service_type varchar The source: glue_job, glue_crawler, lambda, step_functions
-- column: service_name varchar The job, crawler, function or state machine
-- column: account_id varchar AWS account in which it runs
-- column: region varchar AWS region in which it runs
-- column: runs bigint Runs that ended
-- column: succeeded bigint Runs that succeeded
-- column: failed bigint Runs that failed
-- column: timeouts bigint Runs that timed out
-- column: success_rate_percent double Successes among successes, failures and timeouts; runs that somebody stopped do not count
-- column: typical_duration_ms bigint Median time that a successful run took, milliseconds
-- column: worst_duration_ms bigint The longest time that a successful run took, milliseconds
-- column: last_failure_time timestamp(3) When a run failed or timed out last
-- column: last_failure_message varchar What that run said, or its state where it said nothing

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
    min(coalesce(started_at, CASE WHEN event_type = 'started' THEN event_time END)) OVER (
      PARTITION BY account_id, region, service_type, service_name, service_request_id, coalesce(retry_attempts, 0)
    ) AS attempt_began_at
  FROM state
  WHERE dt >= date_format(current_date - interval '8' day, '%Y-%m-%d')
    AND dt <= date_format(current_date + interval '1' day, '%Y-%m-%d')
),
decided AS (
  SELECT
    account_id,
    region,
    service_type,
    service_name,
    event_time,
    coalesce(error_message, source_state) AS message,
    CASE WHEN event_type IN ('failed', 'timeout') AND will_retry THEN 'retrying' ELSE event_type END AS verdict,
    CASE
      WHEN duration_ms IS NOT NULL THEN duration_ms
      WHEN coalesce(ended_at, event_time) >= attempt_began_at
        THEN date_diff('millisecond', attempt_began_at, coalesce(ended_at, event_time))
    END AS took_ms
  FROM ranked
  WHERE place = 1
    AND event_time >= CAST(now() AS timestamp) - interval '7' day
)
SELECT
  service_type AS service_type,
  service_name AS service_name,
  account_id AS account_id,
  region AS region,
  CAST(count(*) AS bigint) AS runs,
  CAST(count(CASE WHEN verdict = 'succeeded' THEN 1 END) AS bigint) AS succeeded,
  CAST(count(CASE WHEN verdict = 'failed' THEN 1 END) AS bigint) AS failed,
  CAST(count(CASE WHEN verdict = 'timeout' THEN 1 END) AS bigint) AS timeouts,
  CAST(
    round(
      1e2 * count(CASE WHEN verdict = 'succeeded' THEN 1 END)
        / nullif(count(CASE WHEN verdict IN ('succeeded', 'failed', 'timeout') THEN 1 END), 0),
      2
    ) AS double
  ) AS success_rate_percent,
  CAST(approx_percentile(CASE WHEN verdict = 'succeeded' THEN took_ms END, 0.5) AS bigint) AS typical_duration_ms,
  CAST(max(CASE WHEN verdict = 'succeeded' THEN took_ms END) AS bigint) AS worst_duration_ms,
  CAST(max(CASE WHEN verdict IN ('failed', 'timeout') THEN event_time END) AS timestamp(3)) AS last_failure_time,
  max_by(message, CASE WHEN verdict IN ('failed', 'timeout') THEN event_time END) AS last_failure_message
FROM decided
WHERE verdict IN ('succeeded', 'failed', 'timeout', 'stopped')
GROUP BY account_id, region, service_type, service_name
ORDER BY success_rate_percent ASC NULLS LAST, failed + timeouts DESC, service_type, service_name, account_id, region
