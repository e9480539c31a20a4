using System.Diagnostics;
using EmbeddedHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Http.Invocation;

/// <summary>One call of an HTTP function.</summary>
internal sealed class EmbeddedFunctionContext(HttpContext context, HttpFunction function) : FunctionContext
{
    private readonly RouteData _routeData = new(context);

    public override BindingContext BindingContext => _routeData;

    public override CancellationToken CancellationToken => context.RequestAborted;

    public override FunctionDefinition FunctionDefinition { get; } = new Definition(function);

    public override string FunctionId => function.Name;

    public override IServiceProvider InstanceServices { get; set; } = context.RequestServices;

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override TraceContext TraceContext { get; } = new CurrentTrace(Activity.Current);

    private sealed class CurrentTrace(Activity? current) : TraceContext
    {
        public override string TraceParent { get; } = current?.Id ?? string.Empty;

        public override string TraceState { get; } = current?.TraceStateString ?? string.Empty;
    }

    private sealed class RouteData(HttpContext context) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = new Dictionary<string, object?>(context.Request.RouteValues, StringComparer.OrdinalIgnoreCase);
    }

    private sealed class Definition(HttpFunction function) : FunctionDefinition
    {
        public override string EntryPoint => $"{function.Method.DeclaringType?.FullName}.{function.Method.Name}";

        public override string Id => function.Name;

        public override string Name => function.Name;

        public override string PathToAssembly => function.Method.Module.Assembly.Location;
    }
}
