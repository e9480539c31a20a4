namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a public method as a function of the app, under a name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name, unique in the app without regard to case.</summary>
    public string Name { get; } = name;
}
