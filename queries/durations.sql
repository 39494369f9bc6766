-- question: How long do successful runs of each task take? The last 30 days, longest first
-- column: service_type varchar The source: glue_job, glue_crawler, lambda, step_functions
-- column: service_name varchar The job, crawler, function or state machine
-- column: account_id varchar AWS account in which it runs
-- column: region varchar AWS region in which it runs
-- column: runs bigint Successful runs whose duration is known
-- column: shortest_ms bigint The shortest of them, milliseconds
-- column: p50_ms bigint Half of them took no longer, milliseconds
-- column: p90_ms bigint Nine in ten took no longer, milliseconds
-- column: p99_ms bigint All but one in a hundred took no longer, milliseconds
-- column: longest_ms bigint The longest of them, milliseconds

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
  WHERE dt >= date_format(current_date - interval '31' day, '%Y-%m-%d')
    AND dt <= date_format(current_date + interval '1' day, '%Y-%m-%d')
),
decided AS (
  SELECT
    account_id,
    region,
    service_type,
    service_name,
    event_type,
    CASE
      WHEN duration_ms IS NOT NULL THEN duration_ms
      WHEN coalesce(ended_at, event_time) >= attempt_began_at
        THEN date_diff('millisecond', attempt_began_at, coalesce(ended_at, event_time))
    END AS took_ms
  FROM ranked
  WHERE place = 1
    AND event_time >= CAST(now() AS timestamp) - interval '30' day
)
SELECT
  service_type AS service_type,
  service_name AS service_name,
  account_id AS account_id,
  region AS region,
  CAST(count(*) AS bigint) AS runs,
  CAST(min(took_ms) AS bigint) AS shortest_ms,
  CAST(approx_percentile(took_ms, 0.5) AS bigint) AS p50_ms,
  CAST(approx_percentile(took_ms, 0.9) AS bigint) AS p90_ms,
  CAST(approx_percentile(took_ms, 0.99) AS bigint) AS p99_ms,
  CAST(max(took_ms) AS bigint) AS longest_ms
FROM decided
WHERE event_type = 'succeeded'
  AND took_ms IS NOT NULL
GROUP BY account_id, region, service_type, service_name
ORDER BY p50_ms DESC, service_type, service_name, account_id, region
