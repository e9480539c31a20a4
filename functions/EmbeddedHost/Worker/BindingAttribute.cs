namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Binds a function's parameter to something that the host provides.</summary>
public abstract class BindingAttribute : Attribute;

/// <summary>Binds to what makes the function run.</summary>
public abstract class TriggerBindingAttribute : BindingAttribute;

/// <summary>Binds to something that the function reads.</summary>
public abstract class InputBindingAttribute : BindingAttribute;
