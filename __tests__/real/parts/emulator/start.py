"""Starts MiniStack with the mends that its arguments name; exceptions.ts says why each is needed."""
import sys
from urllib.parse import urlencode
from xml.sax.saxutils import escape

import ministack.app
from ministack.core import lambda_runtime
from ministack.services import athena, cloudwatch, ecr, eventbridge, firehose, lambda_svc, s3


def alarms_are_told_whole():
    describe = cloudwatch._describe_alarms

    def whole(params, cbor_data, is_cbor, is_json=False):
        status, headers, body = describe(params, cbor_data, is_cbor, is_json)
        if is_cbor or is_json:
            return status, headers, body
        text = body.decode() if isinstance(body, bytes) else body
        for name, alarm in cloudwatch._alarms.items():
            start = f"<member><AlarmName>{name}</AlarmName>"
            text = text.replace(start, start + left_out(alarm))
        return status, headers, text.encode()

    cloudwatch._describe_alarms = whole
    put = cloudwatch._put_metric_alarm

    def keeping_metrics(params, cbor_data, is_cbor, is_json=False):
        answer = put(params, cbor_data, is_cbor, is_json)
        alarm = cloudwatch._alarms.get(cloudwatch._p(params, "AlarmName"))
        if alarm is not None:
            alarm["Metrics"] = tree(params, "Metrics.member.")
        return answer

    cloudwatch._put_metric_alarm = keeping_metrics


def tree(params, prefix):
    root = {}
    for key in params:
        if key.startswith(prefix):
            *parents, last = key.removeprefix(prefix).split(".")
            node = root
            for parent in parents:
                node = node.setdefault(parent, {})
            node[last] = cloudwatch._p(params, key)
    return root


def members_of(numbered):
    return "".join(f"<member>{written_of(numbered[at])}</member>" for at in sorted(numbered, key=int))


def written_of(node):
    if not isinstance(node, dict):
        return escape(str(node))
    if set(node) == {"member"}:
        return members_of(node["member"])
    return "".join(f"<{key}>{written_of(value)}</{key}>" for key, value in node.items())


def left_out(alarm):
    metrics = alarm.get("Metrics") or {}
    # Of an alarm on several metrics, AWS tells no period and no statistic of its own.
    texts = ["AlarmDescription", "TreatMissingData"] + ([] if metrics else ["Period", "Statistic"])
    written = "".join(f"<{key}>{escape(str(alarm[key]))}</{key}>" for key in texts if alarm.get(key))
    written += f"<ActionsEnabled>{str(alarm.get('ActionsEnabled', True)).lower()}</ActionsEnabled>"
    for key in ["AlarmActions", "OKActions", "InsufficientDataActions"]:
        written += f"<{key}>" + "".join(f"<member>{escape(arn)}</member>" for arn in alarm.get(key, [])) + f"</{key}>"
    dimensions = alarm.get("Dimensions", [])
    pairs = dimensions.items() if isinstance(dimensions, dict) else [(it["Name"], it["Value"]) for it in dimensions]
    members = "".join(
        f"<member><Name>{escape(name)}</Name><Value>{escape(value)}</Value></member>" for name, value in pairs
    )
    return f"{written}<Dimensions>{members}</Dimensions><Metrics>{members_of(metrics)}</Metrics>"


def streams_are_told_whole():
    describe = firehose._dest_description

    def whole(destination):
        told = describe(destination)
        if "ExtendedS3DestinationDescription" in told:
            for key in ["CustomTimeZone", "FileExtension"]:
                if key in destination["config"]:
                    told["ExtendedS3DestinationDescription"][key] = destination["config"][key]
        return told

    firehose._dest_description = whole


def objects_are_told_whole():
    resolve = s3._resolve_sse_write_headers
    bucket_key = "x-amz-server-side-encryption-bucket-key-enabled"
    s3._SSE_STORED_HEADERS = (*s3._SSE_STORED_HEADERS, bucket_key)

    def whole(headers, bucket_name):
        told, refused = resolve(headers, bucket_name)
        if told is not None and headers.get(bucket_key) == "true":
            told[bucket_key] = "true"
        return told, refused

    s3._resolve_sse_write_headers = whole


def unknown_images_are_refused():
    describe = ecr._describe_images

    def refusing(data):
        known = ecr._repositories.get(data.get("repositoryName")) is not None
        if known and any(ecr._find_image(data["repositoryName"], it) is None for it in data.get("imageIds") or []):
            return ecr.error_response_json("ImageNotFoundException", "The image requested does not exist", 400)
        return describe(data)

    ecr._describe_images = refusing


def missing_queries_are_told_so():
    answer = athena.error_response_json

    def told(code, message, *rest, **more):
        if message.endswith(" not found") and message.startswith("WorkGroup "):
            message = message.replace(" not found", " is not found")
        if message.endswith(" not found") and message.startswith("Named query "):
            message = message.replace(" not found", " does not exist")
        return answer(code, message, *rest, **more)

    athena.error_response_json = told


def services_send_events():
    put = eventbridge._put_events
    eventbridge._put_events = lambda data, allow_aws_source=False: put(data, allow_aws_source=True)


def functions_have_their_role():
    run = lambda_svc._execute_function_proxy

    def in_its_role(func, event, url, request_id):
        credentials = lambda_runtime.execution_credentials(func.get("config") or func)
        return run(func, event, f"{url}?{urlencode(credentials)}", request_id)

    lambda_svc._execute_function_proxy = in_its_role


def only_its_own_port():
    ministack.app._port_is_bindable = lambda *_: False


for mend in sys.argv[1:]:
    globals()[mend.replace("-", "_")]()
sys.argv = ["ministack"]
ministack.app.main()
