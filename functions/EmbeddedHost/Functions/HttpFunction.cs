using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Functions;

/// <summary>A function of the app that answers HTTP requests.</summary>
internal sealed record HttpFunction(string Name, MethodInfo Method, HttpTriggerAttribute Trigger);
