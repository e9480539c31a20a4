namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Binds the request's body, JSON, to the parameter. A body that does not fit is answered 400, and the function does not run.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromBodyAttribute : Attribute;
