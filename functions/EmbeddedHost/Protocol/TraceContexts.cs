using DurableTask.Core.Tracing;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

internal static class TraceContexts
{
    public static P.TraceContext? ToProto(this DistributedTraceContext? context) => string.IsNullOrEmpty(context?.TraceParent)
        ? null
        : new P.TraceContext { TraceParent = context.TraceParent, TraceState = context.TraceState };

    public static DistributedTraceContext? ToCore(this P.TraceContext? context) => string.IsNullOrEmpty(context?.TraceParent)
        ? null
        : new DistributedTraceContext(context.TraceParent, context.TraceState);
}
